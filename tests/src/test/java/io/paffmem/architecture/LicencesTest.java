package io.paffmem.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Everything that ships may be shipped with a program under the Apache licence. Looks at the list
 * that the module {@code src} makes when it is verified; skipped where the tests run alone.
 */
final class LicencesTest {
  private static final Path BOM = Path.of("..", "src", "target", "bom.json");

  /** Of what is linked, not changed: permissive, or copyleft for their own files alone. */
  private static final Pattern FINE =
      Pattern.compile(
          "Apache-2\\.0|MIT|MIT-0|BSD-[23]-Clause|EPL-[12]\\.0|EDL-1\\.0|ISC|0BSD|CC0-1\\.0|Unlicense"
              + "|.*Apache.*2.*|.*MIT.*|.*BSD [23].*|.*EPL.*|.*Eclipse Public.*|.*Eclipse Distribution.*"
              + "|.*Public Domain.*|.*Go License.*|.*Unicode.*",
          Pattern.CASE_INSENSITIVE);

  /** Whose list entry is not what their own licence file says, and what that is. */
  private static final Map<String, String> BY_THEIR_OWN_WORDS =
      Map.of(
          "org.jline:jline-terminal", "BSD-3-Clause",
          "org.jline:jline-native", "BSD-3-Clause");

  @Test
  void licences_ofAllThatShips_areCompatible() throws IOException {
    assumeTrue(Files.exists(BOM), "no bill of materials at " + BOM);
    JsonNode bom = new ObjectMapper().readTree(BOM.toFile());
    TreeMap<String, List<String>> strange = new TreeMap<>();
    int components = 0;
    for (JsonNode component : bom.path("components")) {
      components++;
      String name = component.path("group").asText() + ":" + component.path("name").asText();
      String own = BY_THEIR_OWN_WORDS.get(name);
      List<String> licences = own == null ? licences(component) : List.of(own);
      // Where there is a choice, one that is fine is enough.
      if (licences.stream().noneMatch(licence -> FINE.matcher(licence).matches())) {
        strange.put(name, licences);
      }
    }

    assertThat(components).isGreaterThan(50);
    assertThat(strange).isEmpty();
  }

  private static List<String> licences(JsonNode component) {
    List<String> all = new ArrayList<>();
    for (JsonNode choice : component.path("licenses")) {
      String expression = choice.path("expression").asText("");
      if (!expression.isEmpty()) {
        all.addAll(List.of(expression.split(" OR ", -1)));
      }
      JsonNode licence = choice.path("license");
      all.add(licence.path("id").asText(licence.path("name").asText("")));
    }
    return all;
  }
}
