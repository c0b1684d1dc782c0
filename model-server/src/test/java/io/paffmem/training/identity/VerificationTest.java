package io.paffmem.training.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class VerificationTest {
  @Test
  void auc_eachPersonInOnePlace_isOne() {
    float[] embeddings = {1, 0, 1, 0, 0, 1, 0, 1};

    Verification verification =
        new Verification(embeddings, 2, List.of("ann", "ann", "bob", "bob"));

    assertThat(verification.samePairs()).isEqualTo(2);
    assertThat(verification.auc()).hasValue(1);
  }

  @Test
  void auc_someTwoPeopleNearer_countsThePairsWonAndHalfTheTies() {
    // Same: ann 0.6, bob 1. Different: 1 (ann's second and bob), twice; 0.6 twice.
    float[] embeddings = {0.6f, 0.8f, 1, 0, 1, 0, 1, 0};

    Verification verification =
        new Verification(embeddings, 2, List.of("ann", "ann", "bob", "bob"));

    // ann's pair: two lost, two ties; bob's: two won, two ties.
    assertThat(verification.auc()).hasValue((1 + 3) / 8.0);
  }

  @Test
  void auc_noPairOfOneKind_isNone() {
    assertThat(new Verification(new float[] {1, 1}, 1, List.of("ann", "ann")).auc()).isEmpty();
    assertThat(new Verification(new float[] {1, 1}, 1, List.of("ann", "bob")).auc()).isEmpty();
    assertThat(new Verification(new float[0], 1, List.of()).auc()).isEmpty();
  }

  @Test
  void auc_embeddingsOfNoMeaning_isAHalf() {
    long seed = 4;
    Random random = new Random(seed);
    List<String> persons = new ArrayList<>();
    float[] embeddings = new float[300];
    for (int i = 0; i < embeddings.length; i++) {
      persons.add("person-" + i % 20);
      embeddings[i] = random.nextFloat() - 0.5f;
    }

    assertThat(new Verification(embeddings, 1, persons).auc().orElseThrow())
        .as("seed %d", seed)
        .isCloseTo(0.5, within(0.03));
  }
}
