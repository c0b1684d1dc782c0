package io.paffmem.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PseudonymsTest {
  private static final List<String> NAMES =
      List.of("ann", "a", "Jörg / 7%+?", "x".repeat(15), "x".repeat(16), "x".repeat(100), "~ann");

  @TempDir Path folder;
  private Pseudonyms ours;
  private Pseudonyms others;

  @BeforeEach
  void open() {
    ours = Pseudonyms.by(DeploymentSecret.readOrMake(folder.resolve("ours")));
    others = Pseudonyms.by(DeploymentSecret.readOrMake(folder.resolve("others")));
  }

  @Test
  void name_ofAPseudonym_isTheNameAndEachHasOneOfItsOwn() {
    Set<String> all = new HashSet<>();
    for (String name : NAMES) {
      String inside = ours.of(name);

      assertThat(ours.name(inside)).isEqualTo(name);
      assertThat(ours.of(name)).as("the same again").isEqualTo(inside);
      assertThat(all.add(inside)).isTrue();
    }
  }

  @Test
  void of_withoutTheSecret_tellsNeitherNameNorLength() {
    assertThat(ours.of("ann")).hasSameSizeAs(ours.of("bartholomew")).doesNotContain("ann");
    assertThat(others.of("ann")).isNotEqualTo(ours.of("ann"));
    assertThat(others.name(ours.of("ann"))).isEqualTo(ours.of("ann"));
  }

  @Test
  void name_ofWhatIsNoPseudonym_staysAsItIs() {
    String inside = ours.of("ann");
    String changed = inside.substring(0, 30) + (inside.charAt(30) == 'A' ? 'B' : 'A');
    for (String text :
        List.of("ann", "", "~", "~ann", "~" + "A".repeat(43), changed, inside + "A")) {
      assertThat(ours.name(text)).isEqualTo(text);
    }
  }

  @Test
  void hashKey_isTheSecretsWithPseudonymsOrWithout() {
    DeploymentSecret secret = DeploymentSecret.readOrMake(folder.resolve("ours"));

    assertThat(ours.hashKey())
        .isEqualTo(Pseudonyms.hashedBy(secret).hashKey())
        .isNotEqualTo(others.hashKey());
    assertThat(Pseudonyms.none().hashKey()).isNull();
    assertThat(Pseudonyms.hashedBy(secret).isOn()).isFalse();
    assertThat(Pseudonyms.hashedBy(secret).of("ann")).isEqualTo("ann");
    assertThat(Pseudonyms.hashedBy(secret)).hasToString("Pseudonyms[hashes]");
  }

  @Test
  void none_everybody_isCalledAsTheyAre() {
    assertThat(Pseudonyms.none().of("ann")).isEqualTo("ann");
    assertThat(Pseudonyms.none().name(ours.of("ann"))).isEqualTo(ours.of("ann"));
  }
}
