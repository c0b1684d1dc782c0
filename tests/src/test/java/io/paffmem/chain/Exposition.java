package io.paffmem.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus' text of a process, read. */
final class Exposition {
  private static final Pattern SERIES =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A metric of a process in a query, and what stands in its braces. */
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:paffmem|kafka|jvm|process|system)_\\w+)(?:\\{([^}]*)})?");

  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

  /** Labels that Prometheus adds itself. */
  private static final Set<String> ADDED = Set.of("job", "instance");

  record Series(Map<String, String> labels, double value) {}

  private final Map<String, List<Series>> series = new HashMap<>();

  Exposition(String text) {
    for (String line : text.lines().toList()) {
      Matcher read = SERIES.matcher(line);
      if (!line.startsWith("#") && read.matches()) {
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(read.group(2) == null ? "" : read.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        series
            .computeIfAbsent(read.group(1), any -> new ArrayList<>())
            .add(new Series(labels, Double.parseDouble(read.group(3))));
      }
    }
  }

  int size() {
    return series.values().stream().mapToInt(List::size).sum();
  }

  List<Series> series(String metric) {
    return series.getOrDefault(metric, List.of());
  }

  double sum(String metric) {
    return series(metric).stream().mapToDouble(Series::value).sum();
  }

  double sum(String metric, String label, String value) {
    return series(metric).stream()
        .filter(one -> value.equals(one.labels().get(label)))
        .mapToDouble(Series::value)
        .sum();
  }

  /** Metrics, labels and values of labels of a query that are not here. */
  List<String> missing(String query) {
    List<String> missing = new ArrayList<>();
    Set<String> labels = new HashSet<>(ADDED);
    Matcher selector = SELECTOR.matcher(query);
    while (selector.find()) {
      List<Series> named = series(selector.group(1));
      if (named.isEmpty()) {
        missing.add(selector.group(1));
      }
      named.forEach(one -> labels.addAll(one.labels().keySet()));
      Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
      while (matcher.find()) {
        String label = matcher.group(1);
        String wanted = matcher.group(3);
        boolean positive = matcher.group(2).equals("=") || matcher.group(2).equals("=~");
        boolean exists =
            named.stream()
                .map(one -> one.labels().get(label))
                .anyMatch(
                    value ->
                        value != null
                            && (!positive || value.equals(wanted) || value.matches(wanted)));
        if (!exists) {
          missing.add(selector.group());
        }
      }
    }
    Matcher grouping = GROUPING.matcher(query);
    while (grouping.find()) {
      for (String label : grouping.group(1).split(",\\s*", -1)) {
        if (!labels.contains(label)) {
          missing.add(query + " by " + label);
        }
      }
    }
    return missing;
  }
}
