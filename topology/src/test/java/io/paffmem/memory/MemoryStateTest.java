package io.paffmem.memory;

import static io.paffmem.memory.Neurons.at;
import static io.paffmem.memory.Neurons.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryStateTest {
  @Test
  void digest_anyPartDiffers_differs() {
    Set<String> digests = new HashSet<>();
    digests.add(digest(pair(0, 0.5f, 0.25f, 0.1f, 3), 2));
    digests.add(digest(pair(0.01f, 0.5f, 0.25f, 0.1f, 3), 2));
    digests.add(digest(pair(0, 0.6f, 0.25f, 0.1f, 3), 2));
    digests.add(digest(pair(0, 0.5f, 0.35f, 0.1f, 3), 2));
    digests.add(digest(pair(0, 0.5f, 0.25f, 0.2f, 3), 2));
    digests.add(digest(pair(0, 0.5f, 0.25f, 0.1f, 4), 2));
    digests.add(digest(pair(0, 0.5f, 0.25f, 0.1f, 3), 3));

    assertThat(digests).hasSize(7);
  }

  @Test
  void digest_emptyMemory_isThatOfItsThirteenBytes() {
    // SHA-256 of 02 00000002 00000000 00000000: version, dimensions, next id, neurons.
    assertThat(HexFormat.of().formatHex(new MemoryState(2).digest()))
        .isEqualTo("b8183ebfc55911006d3fd8b45a290e68c13a020a686bb36e553ddd41a43022bd");
  }

  @Test
  void load_restoresEverything() {
    MemoryState state = pair(-0.75f, 0.5f, 0.25f, 0.1f, 3).load(9).orElseThrow();

    assertThat(state.size()).isEqualTo(2);
    assertThat(state.nextNeuronId()).isEqualTo(9);
    assertThat(state.weight(0, 0)).isEqualTo(-0.75f);
    assertThat(state.habituation(0)).isEqualTo(0.5f);
    assertThat(state.arousal(0)).isEqualTo(0.25f);
    assertThat(state.valence(0)).isEqualTo(0.1f);
    assertThat(state.neighbourId(0, 0)).isEqualTo(1);
    assertThat(state.edgeAge(1, 0)).isEqualTo(3);
    assertThat(state.isDirty(0)).isFalse();
  }

  @Test
  void copy_isTheSameMemory_andStaysWhatItWas() {
    GrowingNetwork network = new GrowingNetwork(Neurons.rules().build());
    MemoryState state = new MemoryState(2);
    network.seed(
        state, at(0, 0, 1, 0, 0, 1, -1, -1), at(0.5f, -0.5f, -0.5f, 0.5f, 0, 0, 0.25f, 0.25f));
    String before = HexFormat.of().formatHex(state.digest());

    MemoryState copy = state.copy();
    MemoryState learning = copy.copy();
    network.seed(learning, at(0.3f, 0.3f, 0.7f, -0.2f), at(1, 1, -1, -1));

    assertThat(HexFormat.of().formatHex(learning.digest())).isNotEqualTo(before);
    assertThat(HexFormat.of().formatHex(copy.digest())).isEqualTo(before);
    assertThat(HexFormat.of().formatHex(state.digest())).isEqualTo(before);
    network.seed(state, at(0.3f, 0.3f, 0.7f, -0.2f), at(1, 1, -1, -1));
    assertThat(learning.digest()).as("a copy learns as the other does").isEqualTo(state.digest());
  }

  @Test
  void load_incoherentRows_isEmpty() {
    assertThat(pair(0, 0.5f, 0, 0, 3).load(1)).as("id still to be given").isEmpty();
    assertThat(pair(0, 1.5f, 0, 0, 3).load(2)).as("habituation above 1").isEmpty();
    assertThat(pair(Float.NaN, 0.5f, 0, 0, 3).load(2)).as("weight not a number").isEmpty();
    assertThat(pair(0, 0.5f, 0, 0, 3).neuron(1, at(0, 0), 1, 0, 0, ids(), ids()).load(3))
        .as("id twice")
        .isEmpty();
    assertThat(pair(0, 0.5f, 0, 0, 3).neuron(2, at(0, 0), 1, 0, 0, ids(0), ids(0)).load(3))
        .as("edge known at one end")
        .isEmpty();
    assertThat(pair(0, 0.5f, 0, 0, 3).neuron(2, at(0, 0), 1, 0, 0, ids(7), ids(0)).load(8))
        .as("edge to a missing neuron")
        .isEmpty();
    assertThat(new MemoryLoader(2).neuron(0, at(0, 0), 1, 0, 0, ids(), ids()).load(1))
        .as("a single neuron")
        .isEmpty();
    assertThat(
            new MemoryLoader(2)
                .neuron(0, at(0, 0), 1, 0, 0, ids(1), ids(4))
                .neuron(1, at(1, 0), 1, 0, 0, ids(0), ids(5))
                .load(2))
        .as("two ages of one edge")
        .isEmpty();
    assertThat(three(ids(1, 2), ids(0), ids()).load(3)).as("known at its lower end").isEmpty();
    assertThat(three(ids(1), ids(0), ids(0)).load(3)).as("known at its upper end").isEmpty();
    assertThat(three(ids(2), ids(2), ids(0)).load(3)).as("other ends than these").isEmpty();
    assertThat(three(ids(2, 1), ids(0), ids(0)).load(3)).as("not ascending").isEmpty();
    assertThat(three(ids(1, 7), ids(0), ids()).load(3)).as("to a missing neuron").isEmpty();
    assertThat(three(ids(0, 1), ids(0), ids()).load(3)).as("to itself").isEmpty();
    assertThat(three(ids(1, 2), ids(0, 2), ids(0, 1)).load(3)).as("sound").isPresent();
    assertThat(new MemoryLoader(2).neuron(0, at(0), 1, 0, 0, ids(), ids()).load(1))
        .as("short prototype")
        .isEmpty();
  }

  @Test
  void accessors_outOfRange_areRefused() {
    MemoryState state = pair(0, 0.5f, 0, 0, 3).load(2).orElseThrow();

    assertThatThrownBy(() -> state.weight(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> state.weight(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> state.neighbourId(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> state.removedId(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static MemoryLoader pair(
      float x, float habituation, float arousal, float valence, int age) {
    return new MemoryLoader(2)
        .neuron(0, at(x, 0), habituation, arousal, valence, ids(1), ids(age))
        .neuron(1, at(1, 0), 1, 0, 0, ids(0), ids(age));
  }

  /** Three neurons, all edges of age 4. */
  private static MemoryLoader three(int[] ofFirst, int[] ofSecond, int[] ofThird) {
    MemoryLoader loader = new MemoryLoader(2);
    int id = 0;
    for (int[] neighbours : List.of(ofFirst, ofSecond, ofThird)) {
      int[] ages = new int[neighbours.length];
      Arrays.fill(ages, 4);
      loader.neuron(id, at(id, 0), 1, 0, 0, neighbours, ages);
      id++;
    }
    return loader;
  }

  private static String digest(MemoryLoader loader, int nextNeuronId) {
    return HexFormat.of().formatHex(loader.load(nextNeuronId).orElseThrow().digest());
  }
}
