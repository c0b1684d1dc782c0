package io.paffmem.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the Grafana dashboard and the alert rules ask Prometheus. */
final class OperatorQueries {
  private static final Path FOLDER = Path.of("..", "src", "operations");

  private OperatorQueries() {}

  static List<String> all() throws IOException {
    List<String> queries = new ArrayList<>();
    Path dashboard = FOLDER.resolve("grafana/dashboards/paffmem.json");
    for (JsonNode query : new ObjectMapper().readTree(dashboard.toFile()).findValues("expr")) {
      queries.add(query.asText());
    }
    Path alerts = FOLDER.resolve("prometheus/alerts.yml");
    for (JsonNode query : new YAMLMapper().readTree(alerts.toFile()).findValues("expr")) {
      queries.add(query.asText());
    }
    return queries;
  }
}
