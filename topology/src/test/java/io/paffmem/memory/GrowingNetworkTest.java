package io.paffmem.memory;

import static io.paffmem.memory.Neurons.at;
import static io.paffmem.memory.Neurons.edgeAge;
import static io.paffmem.memory.Neurons.ids;
import static io.paffmem.memory.Neurons.line;
import static io.paffmem.memory.Neurons.reloaded;
import static io.paffmem.memory.Neurons.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.paffmem.memory.MemoryConfig.Activity;
import io.paffmem.memory.MemoryConfig.OnlineInsertion;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowingNetworkTest {
  private static final Offset<Float> EXACTLY = within(2e-6f);

  private final Recognition seen = new Recognition();

  // ---- golden numbers, worked out by hand

  @Test
  void seed_twoPairs_matchesHandArithmetic() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = new MemoryState(2);

    memory.seed(state, at(0, 0, 1, 0), at(0.5f, -0.5f, -0.5f, 0.5f));

    // Beginning: n0 = (0, 0), n1 = (1, 0), both h = 1, no edge.
    // Step on (0, 0): b = n0, d^2 = 0, a = 1: b stays; h0 = 1 + 0.3*1.05*0 - 0.3 = 0.7.
    //   n1: d^2 = 1, a = e^-1 = 0.36787944; step = 0.032*1*(1 - 0.36787944) = 0.02022786;
    //   w1 = 1 + 0.02022786*(0 - 1) = 0.97977214; h1 = 1 - 0.1 = 0.9.
    // Step on (1, 0): b = n1, d^2 = 0.02022786^2 = 4.091663e-4, a = 0.99959092;
    //   step = 0.087*0.9*4.090826e-4 = 3.203117e-5; w1 += step*0.02022786 = 6.5e-7 -> 0.97977279;
    //   h1 = 0.9 + 0.3*1.05*0.1 - 0.3 = 0.6315.
    //   n0: d^2 = 1, step = 0.032*0.7*0.63212056 = 0.01415950; w0 = 0.01415950;
    //   h0 = 0.7 + 0.1*1.05*0.3 - 0.1 = 0.6315.
    // Labels: each pair met its own neuron, so y - l = 0.
    assertThat(state.size()).isEqualTo(2);
    assertThat(state.weight(0, 0)).isCloseTo(0.01415950f, EXACTLY);
    assertThat(state.weight(1, 0)).isCloseTo(0.9797728f, EXACTLY);
    assertThat(state.weight(0, 1)).isZero();
    assertThat(state.habituation(0)).isCloseTo(0.6315f, EXACTLY);
    assertThat(state.habituation(1)).isCloseTo(0.6315f, EXACTLY);
    assertThat(state.arousal(0)).isEqualTo(0.5f);
    assertThat(state.valence(1)).isEqualTo(0.5f);
    assertThat(edgeAge(state, 0, 1)).isZero();
  }

  @Test
  void recognize_afterTwoPairs_matchesHandArithmetic() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = new MemoryState(2);
    memory.seed(state, at(0, 0, 1, 0), at(0.5f, -0.5f, -0.5f, 0.5f));

    memory.recognize(state, at(0.1f, 0), seen);

    // d^2 to n0 = (0.1 - 0.01415950)^2 = 0.00736859; a = e^-0.00736859 = 0.99265849.
    assertThat(seen.bestMatchingUnit()).isZero();
    assertThat(seen.activity()).isCloseTo(0.9926585f, EXACTLY);
    assertThat(seen.arousal()).isEqualTo(0.5f);
    assertThat(seen.valence()).isEqualTo(-0.5f);
  }

  @Test
  void seed_farFromTrainedNeuron_insertsAsByHand() {
    GrowingNetwork memory = new GrowingNetwork(rules().insertionHabituation(0.7f).build());
    MemoryState state = new MemoryState(2);

    memory.seed(state, at(0, 0, 1, 0, 0, 1), at(0.5f, -0.5f, -0.5f, 0.5f, 1, 0.25f));

    // After two steps as above: n0 = (0.01415950, 0), h0 = 0.6315 < 0.7.
    // Step on (0, 1): b = n0 with d^2 = 1 + 0.0002005, a = 0.3678057 < 0.4: insert
    //   n2 = ((0.01415950 + 0)/2, (0 + 1)/2) = (0.00707975, 0.5), h2 = 1, label (1, 0.25).
    assertThat(state.size()).isEqualTo(3);
    assertThat(memory.insertions()).isEqualTo(1);
    assertThat(state.weight(2, 0)).isCloseTo(0.00707975f, EXACTLY);
    assertThat(state.weight(2, 1)).isCloseTo(0.5f, EXACTLY);
    assertThat(state.habituation(2)).isEqualTo(1f);
    assertThat(state.arousal(2)).isEqualTo(1f);
    assertThat(state.valence(2)).isEqualTo(0.25f);
    assertThat(edgeAge(state, 2, 0)).isZero();
    assertThat(edgeAge(state, 2, 1)).isZero();
    assertThat(edgeAge(state, 0, 1)).isEqualTo(-1);
  }

  // ---- beginning and order

  @Test
  void seed_emptyMemory_beginsWithFirstTwoPairs() {
    GrowingNetwork memory = still();
    MemoryState state = new MemoryState(2);

    memory.seed(
        state, at(0.1f, 0.2f, -0.3f, 0.4f, 0.1f, 0.2f), at(0.5f, -0.5f, -0.25f, 1, 0.5f, -0.5f));

    assertThat(state.size()).isEqualTo(2);
    assertThat(state.neuronId(0)).isZero();
    assertThat(state.neuronId(1)).isEqualTo(1);
    assertThat(state.weight(0, 1)).isEqualTo(0.2f);
    assertThat(state.weight(1, 0)).isEqualTo(-0.3f);
    assertThat(state.arousal(1)).isEqualTo(-0.25f);
    assertThat(state.valence(1)).isEqualTo(1f);
  }

  @Test
  void seed_epochs_repeatPairsInOrder() {
    float[] z = Neurons.random(new SplittableRandom(7), 6, 2, 1);
    float[] y = Neurons.random(new SplittableRandom(8), 6, 2, 1);
    MemoryState twoEpochs = new MemoryState(2);
    MemoryState twice = new MemoryState(2);

    new GrowingNetwork(rules().epochs(2).build()).seed(twoEpochs, z, y);
    GrowingNetwork once = new GrowingNetwork(rules().build());
    once.seed(twice, z, y);
    once.seed(twice, z, y);

    assertThat(twoEpochs.digest()).isEqualTo(twice.digest());
  }

  @Test
  void recognize_equalDistances_lowerIdWins() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());

    memory.recognize(line(1, -0.5f, 0.5f, 0.5f, -0.5f), at(0, 0), seen);

    assertThat(seen.bestMatchingUnit()).isZero();
  }

  @Test
  void learn_equalDistances_lowerIdIsSecond() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(1, 0.9f, 0.5f, 0, -0.5f, 0.5f);

    memory.learn(state, at(0, 0), 0, 0);

    assertThat(edgeAge(state, 2, 1)).isZero();
    assertThat(state.degree(2)).isEqualTo(1);
  }

  // ---- activity

  @Test
  void activity_squaredAndPlain_areTheExponentials() {
    MemoryState state = line(1, 0, 1);

    new GrowingNetwork(rules().build()).recognize(state, at(0, 0.5f), seen);
    assertThat(seen.activity()).isCloseTo(0.7788008f, EXACTLY); // e^-0.25
    new GrowingNetwork(rules().activity(Activity.PLAIN).build())
        .recognize(state, at(0, 0.5f), seen);
    assertThat(seen.activity()).isCloseTo(0.60653067f, EXACTLY); // e^-0.5
  }

  @Test
  void recognize_changesNothing() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(0.1f, 0, 1);
    byte[] before = state.digest();

    memory.recognize(state, at(0.3f, 0.9f), seen);

    assertThat(state.digest()).isEqualTo(before);
    assertThat(state.isDirty(0)).isFalse();
  }

  // ---- insertion

  @Test
  void insertion_movesNothingElse() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state =
        new MemoryLoader(2)
            .neuron(0, at(0, 0), 0.1f, 0.3f, 0.3f, ids(1, 2), ids(5, 7))
            .neuron(1, at(0.5f, 0), 0.1f, 0.1f, 0.1f, ids(0), ids(5))
            .neuron(2, at(-0.9f, 0), 0.6f, 0.2f, 0.2f, ids(0), ids(7))
            .load(3)
            .orElseThrow();

    memory.seed(state, at(0, 1), at(1, -1));

    assertThat(state.size()).isEqualTo(4);
    assertThat(state.weight(0, 0)).isZero();
    assertThat(state.weight(0, 1)).isZero();
    assertThat(state.weight(1, 0)).isEqualTo(0.5f);
    assertThat(state.weight(2, 0)).isEqualTo(-0.9f);
    assertThat(state.habituation(0)).isEqualTo(0.1f);
    assertThat(state.habituation(1)).isEqualTo(0.1f);
    assertThat(state.arousal(0)).isEqualTo(0.3f);
    assertThat(edgeAge(state, 0, 1)).isEqualTo(-1); // b-s goes
    assertThat(edgeAge(state, 0, 2)).isEqualTo(7); // and no other edge ages
    assertThat(edgeAge(state, 3, 0)).isZero();
    assertThat(edgeAge(state, 3, 1)).isZero();
    assertThat(state.isDirty(2)).isFalse();
  }

  @Test
  void insertion_activityAtThreshold_adaptsInstead() {
    float atThreshold = (float) StrictMath.exp(-1); // the distance below is exactly 1
    GrowingNetwork memory = new GrowingNetwork(rules().insertionActivity(atThreshold).build());
    MemoryState state = line(0.1f, 0, -1);

    memory.seed(state, at(0, 1), at(0, 0));

    assertThat(state.size()).isEqualTo(2);
    assertThat(memory.insertions()).isZero();
  }

  @Test
  void insertion_habituationAtThreshold_adaptsInstead() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(0.2f, 0, -1);

    memory.seed(state, at(0, 1), at(0, 0));

    assertThat(state.size()).isEqualTo(2);
  }

  @Test
  void insertion_memoryFull_isCountedAndAdapts() {
    GrowingNetwork memory = new GrowingNetwork(rules().capacity(2).build());
    MemoryState state = line(0.1f, 0, -1);

    memory.seed(state, at(0, 1), at(0, 0));

    assertThat(state.size()).isEqualTo(2);
    assertThat(memory.capacityHits()).isEqualTo(1);
    assertThat(memory.insertions()).isZero();
    assertThat(state.weight(0, 1)).isGreaterThan(0);
  }

  @Test
  void onlineInsertion_off_neverInserts() {
    MemoryState state = line(0.1f, 0, -1);

    new GrowingNetwork(rules().build()).learn(state, at(0, 1), 0.7f, -0.7f);

    assertThat(state.size()).isEqualTo(2);
  }

  @Test
  void onlineInsertion_priorLabel_bearsThePriorsAnswer() {
    GrowingNetwork memory =
        new GrowingNetwork(rules().onlineInsertion(OnlineInsertion.PRIOR_LABEL).build());
    MemoryState state = line(0.1f, -1, 0);

    memory.learn(state, at(0, 1), 0.7f, -0.7f);

    assertThat(state.size()).isEqualTo(3);
    assertThat(state.arousal(2)).isEqualTo(0.7f);
    assertThat(state.valence(2)).isEqualTo(-0.7f);
  }

  @Test
  void onlineInsertion_inherited_bearsTheBestUnitsLabel() {
    GrowingNetwork memory =
        new GrowingNetwork(rules().onlineInsertion(OnlineInsertion.INHERITED).build());
    MemoryState state = line(0.1f, -1, 0);

    memory.learn(state, at(0, 1), 0.7f, -0.7f);

    assertThat(state.size()).isEqualTo(3);
    assertThat(state.arousal(2)).isEqualTo(0.1f);
    assertThat(state.valence(2)).isEqualTo(-0.1f);
  }

  // ---- adaptation, habituation, labels

  @Test
  void adaptation_bestUnit_followsEquation8() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(0.5f, 0, 1);

    memory.learn(state, at(0, 0.5f), 0, 0);

    // 0.087 * 0.5 * (0.5 - 0) * (1 - e^-0.25) = 0.0217500 * 0.2211992 = 0.00481108
    assertThat(state.weight(0, 1)).isCloseTo(0.00481108f, EXACTLY);
  }

  @Test
  void adaptation_neighbours_useTheirOwnActivity() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(0.5f, 0, 1);

    memory.learn(state, at(0, 0.5f), 0, 0);

    // d^2 = 1.25, a = e^-1.25 = 0.28650480; 0.032 * 0.5 * 0.71349520 = 0.01141592
    // w1 = (1 - 0.01141592, 0.5 * 0.01141592) = (0.98858408, 0.00570796)
    assertThat(state.weight(1, 0)).isCloseTo(0.9885841f, EXACTLY);
    assertThat(state.weight(1, 1)).isCloseTo(0.00570796f, EXACTLY);
  }

  @Test
  void adaptation_neuronWithoutEdgeToBestUnit_stays() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(0.5f, 0, 0.5f, 1);

    memory.learn(state, at(0, 0.1f), 0, 0);

    assertThat(state.weight(2, 0)).isEqualTo(1f);
    assertThat(state.habituation(2)).isEqualTo(0.5f);
  }

  @Test
  void onlineSteps_ten_areTenStepsOfOne() {
    MemoryState ten = line(0.5f, 0, 1);
    MemoryState one = line(0.5f, 0, 1);
    float[] face = at(0.2f, 0.5f);

    new GrowingNetwork(rules().onlineSteps(10).build()).learn(ten, face, 0, 0);
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    for (int i = 0; i < 10; i++) {
      memory.learn(one, face, 0, 0);
    }

    assertThat(ten.digest()).isEqualTo(one.digest());
  }

  @Test
  void habituation_trainedForLong_settlesAboveZero() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(1, 0, 1);

    for (int i = 0; i < 200; i++) {
      memory.learn(state, at(0, 0), 0, 0);
    }

    // The fixed point of h = h + tau kappa (1 - h) - tau is 1 - 1/kappa = 0.047619.
    assertThat(state.habituation(0)).isCloseTo(0.047619f, within(1e-5f));
    assertThat(state.habituation(1)).isCloseTo(0.047619f, within(1e-5f));
  }

  @Test
  void habituation_overshooting_isClampedToOne() {
    GrowingNetwork memory =
        new GrowingNetwork(rules().habituationRecovery(10).bestUnitHabituationRate(0.5f).build());
    MemoryState state = line(0, 0, 1);

    memory.learn(state, at(0, 0), 0, 0); // 0 + 0.5*10*1 - 0.5 = 4.5

    assertThat(state.habituation(0)).isEqualTo(1f);
  }

  @Test
  void labels_generatedFace_moveByGamma() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(1, 0.9f, 0);

    memory.seed(state, at(0, 0), at(1, 0.5f));

    assertThat(state.arousal(1)).isCloseTo(0.1f + 0.4f * 0.9f, EXACTLY);
    assertThat(state.valence(1)).isCloseTo(-0.1f + 0.4f * 0.6f, EXACTLY);
    assertThat(state.arousal(0)).isZero(); // only the best unit's label
  }

  @Test
  void labels_realFace_stay() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(1, 0.9f, 0);

    memory.learn(state, at(0, 0.1f), 1, 1);

    assertThat(state.arousal(1)).isEqualTo(0.1f);
    assertThat(state.valence(1)).isEqualTo(-0.1f);
  }

  // ---- edges

  @Test
  void edges_ofBestUnitOnly_age() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state =
        new MemoryLoader(2)
            .neuron(0, at(0, 0), 1, 0, 0, ids(1, 2), ids(3, 4))
            .neuron(1, at(0.2f, 0), 1, 0, 0, ids(0, 2), ids(3, 5))
            .neuron(2, at(0.9f, 0), 1, 0, 0, ids(0, 1, 3), ids(4, 5, 6))
            .neuron(3, at(-0.9f, 0), 1, 0, 0, ids(2), ids(6))
            .load(4)
            .orElseThrow();

    memory.learn(state, at(0, 0), 0, 0);

    assertThat(edgeAge(state, 0, 1)).isZero(); // b-s, fresh again
    assertThat(edgeAge(state, 0, 2)).isEqualTo(5);
    assertThat(edgeAge(state, 2, 0)).isEqualTo(5);
    assertThat(edgeAge(state, 1, 2)).isEqualTo(5);
    assertThat(edgeAge(state, 2, 3)).isEqualTo(6);
  }

  @Test
  void edges_pastMaxAge_goWithNeuronsTheyLeaveAlone() {
    GrowingNetwork memory = new GrowingNetwork(rules().maxEdgeAge(4).build());
    MemoryState state =
        new MemoryLoader(2)
            .neuron(0, at(0.8f, 0), 1, 0, 0, ids(3), ids(4))
            .neuron(2, at(-0.7f, 0), 1, 0.2f, 0, ids(3, 5), ids(4, 1))
            .neuron(3, at(0, 0), 1, 0.3f, 0, ids(0, 2, 4, 5), ids(4, 4, 4, 3))
            .neuron(4, at(0.9f, 0), 1, 0.4f, 0, ids(3), ids(4))
            .neuron(5, at(0.2f, 0), 1, 0.5f, 0, ids(2, 3), ids(1, 3))
            .load(6)
            .orElseThrow();

    memory.learn(state, at(0, 0), 0, 0);

    assertThat(state.size()).isEqualTo(3); // 0 and 4 had no other edge
    assertThat(ids(state.neuronId(0), state.neuronId(1), state.neuronId(2)))
        .containsExactly(2, 3, 5);
    assertThat(edgeAge(state, 2, 3)).isEqualTo(-1);
    assertThat(edgeAge(state, 2, 5)).isEqualTo(1);
    assertThat(edgeAge(state, 3, 5)).isZero();
    assertThat(state.arousal(state.slotOf(5))).isEqualTo(0.5f);
    assertThat(state.nextNeuronId()).isEqualTo(6);
    assertThat(state.removedCount()).isEqualTo(2);
    assertThat(ids(state.removedId(0), state.removedId(1))).containsExactlyInAnyOrder(0, 4);
  }

  @Test
  void edges_atMaxAge_stay() {
    GrowingNetwork memory = new GrowingNetwork(rules().maxEdgeAge(4).build());
    MemoryState state =
        new MemoryLoader(2)
            .neuron(0, at(0, 0), 1, 0, 0, ids(1, 2), ids(0, 3))
            .neuron(1, at(0.2f, 0), 1, 0, 0, ids(0), ids(0))
            .neuron(2, at(0.9f, 0), 1, 0, 0, ids(0), ids(3))
            .load(3)
            .orElseThrow();

    memory.learn(state, at(0, 0), 0, 0);

    assertThat(state.size()).isEqualTo(3);
    assertThat(edgeAge(state, 0, 2)).isEqualTo(4);
  }

  // ---- what changed

  @Test
  void learn_marksBestUnitAndNeighboursOnly() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state =
        new MemoryLoader(2)
            .neuron(0, at(0, 0), 1, 0, 0, ids(2), ids(0))
            .neuron(1, at(0.2f, 0), 1, 0, 0, ids(), ids())
            .neuron(2, at(0.9f, 0), 1, 0, 0, ids(0, 3), ids(0, 0))
            .neuron(3, at(-0.9f, 0), 1, 0, 0, ids(2), ids(0))
            .load(4)
            .orElseThrow();

    memory.learn(state, at(0, 0.05f), 0, 0);

    assertThat(state.isDirty(0)).isTrue(); // b
    assertThat(state.isDirty(1)).isTrue(); // s, newly connected
    assertThat(state.isDirty(2)).isTrue(); // a neighbour
    assertThat(state.isDirty(3)).isFalse(); // a neighbour's neighbour
  }

  @Test
  void removedNeuron_thatWasNeverWritten_isNotReported() {
    GrowingNetwork memory = new GrowingNetwork(rules().maxEdgeAge(1).build());
    MemoryState state = line(0.1f, 0, -1);
    memory.seed(state, at(0, 1), at(0, 0)); // neuron 2 at (0, 0.5), edges to 0 and 1
    assertThat(state.size()).isEqualTo(3);

    for (int i = 0; i < 4; i++) {
      memory.learn(state, at(i % 2 == 0 ? -0.2f : -0.8f, -0.5f), 0, 0); // 0 and 1 win in turn
    }

    assertThat(state.size()).isEqualTo(2);
    assertThat(state.removedCount()).isZero();
  }

  // ---- laws over long runs

  @ParameterizedTest
  @EnumSource(OnlineInsertion.class)
  void anyRun_keepsTheInvariants(OnlineInsertion onlineInsertion) {
    int removals = 0;
    for (int seed = 1; seed <= 4; seed++) {
      removals += runKeepingInvariants(onlineInsertion, seed);
    }
    assertThat(removals).isPositive();
  }

  /** Returns how many neurons went. */
  private static int runKeepingInvariants(OnlineInsertion onlineInsertion, int seed) {
    MemoryConfig config =
        rules()
            .dimensions(3)
            .maxEdgeAge(seed)
            .capacity(20)
            .onlineInsertion(onlineInsertion)
            .build();
    GrowingNetwork memory = new GrowingNetwork(config);
    SplittableRandom random = new SplittableRandom(seed);
    MemoryState state = new MemoryState(3);
    int removals = 0;
    for (int frame = 0; frame < 60; frame++) {
      if (frame < 20) {
        memory.seed(state, Neurons.random(random, 10, 3, 1.5f), Neurons.random(random, 10, 2, 1));
      }
      memory.learn(state, Neurons.random(random, 1, 3, 1.5f), 0.5f, -0.5f);

      assertThat(state.size()).as("seed %d frame %d", seed, frame).isBetween(2, 20);
      for (int slot = 0; slot < state.size(); slot++) {
        assertThat(state.degree(slot)).as("seed %d frame %d", seed, frame).isPositive();
        assertThat(state.habituation(slot)).isBetween(0f, 1f);
        assertThat(Math.abs(state.arousal(slot))).isLessThanOrEqualTo(1f);
      }
      removals += state.removedCount();
      state.markClean();
      assertThat(reloaded(state).digest()).isEqualTo(state.digest()); // symmetric edges
    }
    assertThat(memory.insertions()).as("seed %d", seed).isPositive();
    return removals;
  }

  @Test
  void anyRun_reloadedBetweenFrames_isTheSameRun() {
    GrowingNetwork memory =
        new GrowingNetwork(
            MemoryConfig.standard().toBuilder().dimensions(50).onlineSteps(1).build());
    SplittableRandom random = new SplittableRandom(3);
    MemoryState kept = new MemoryState(50);
    float[] z = Neurons.random(random, 40, 50, 0.4f);
    float[] y = Neurons.random(random, 40, 2, 1);
    memory.seed(kept, z, y);
    MemoryState stored = reloaded(kept);

    for (int frame = 0; frame < 30; frame++) {
      float[] face = Neurons.random(random, 1, 50, 0.4f);
      memory.learn(kept, face, 0, 0);
      memory.learn(stored, face, 0, 0);
      stored = reloaded(stored);
    }

    assertThat(stored.digest()).isEqualTo(kept.digest());
  }

  @Test
  void seededRun_hasTheSameDigestOnEveryMachine() {
    GrowingNetwork memory =
        new GrowingNetwork(
            MemoryConfig.standard().toBuilder().dimensions(50).onlineSteps(1).build());
    SplittableRandom random = new SplittableRandom(25);
    MemoryState state = new MemoryState(50);
    memory.seed(state, Neurons.random(random, 60, 50, 0.4f), Neurons.random(random, 60, 2, 1));
    memory.learn(state, Neurons.random(random, 1, 50, 0.4f), 0, 0);

    assertThat(state.size()).isGreaterThan(2);
    assertThat(HexFormat.of().formatHex(state.digest()))
        .isEqualTo("94890a0630951ecac46a3fc33666228fddd3cb4f4c4b15a6cf41f71fba0a97e2");
  }

  @Test
  void anyStep_onceEdgesHaveSettled_allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    GrowingNetwork memory =
        new GrowingNetwork(
            MemoryConfig.standard().toBuilder().dimensions(50).onlineSteps(1).build());
    SplittableRandom random = new SplittableRandom(5);
    MemoryState state = new MemoryState(50);
    memory.seed(state, Neurons.random(random, 300, 50, 0.5f), Neurons.random(random, 300, 2, 1));
    float[] face = Neurons.random(random, 1, 50, 0.5f);
    assertThat(state.size()).isGreaterThan(128);
    step(memory, state, face, threads);

    long bytes = step(memory, state, face, threads);

    assertThat(bytes).isZero();
  }

  /** Looks at a face and learns it, ten times; returns what that allocated. */
  private long step(GrowingNetwork memory, MemoryState state, float[] face, ThreadMXBean threads) {
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10; i++) {
      memory.recognize(state, face, seen);
      memory.learn(state, face, 0, 0);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  // ---- misuse

  @Test
  void recognize_emptyMemory_isRefused() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());

    assertThatThrownBy(() -> memory.recognize(new MemoryState(2), at(0, 0), seen))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wrongDimensions_areRefusedNamingBoth() {
    GrowingNetwork memory = new GrowingNetwork(rules().build());
    MemoryState state = line(1, 0, 1);

    assertThatThrownBy(() -> memory.learn(state, at(0, 0, 0), 0, 0))
        .hasMessageContaining("z has 3 numbers, the memory 2 dimensions");
    assertThatThrownBy(() -> memory.seed(state, at(0, 0, 0), at(0, 0)))
        .hasMessageContaining("3 numbers of z and 2 of y");
    assertThatThrownBy(() -> memory.seed(new MemoryState(3), at(0, 0), at(0, 0)))
        .hasMessageContaining("the state has 3 dimensions, the configuration 2");
    assertThatThrownBy(() -> memory.seed(new MemoryState(2), at(0, 0), at(0, 0)))
        .hasMessageContaining("begins with two pairs");
  }

  /** Rules under which nothing moves or habituates. */
  private static GrowingNetwork still() {
    return new GrowingNetwork(
        rules()
            .bestUnitLearningRate(0)
            .neighbourLearningRate(0)
            .bestUnitHabituationRate(0)
            .neighbourHabituationRate(0)
            .build());
  }
}
