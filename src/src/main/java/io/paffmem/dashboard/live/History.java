package io.paffmem.dashboard.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Source;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A person's answers over time, thinned out. Not thread-safe. */
final class History {
  /** Points that come and go together. */
  static final int BLOCK_POINTS = 64;

  private static final long POINT_EVERY_MILLIS = 250;

  private final Deque<Block> blocks = new ArrayDeque<>();
  private long latestMillis = Long.MIN_VALUE / 2;

  private static final class Block {
    final long[] millis = new long[BLOCK_POINTS];
    final float[] values = new float[5 * BLOCK_POINTS];
    final int[] neurons = new int[BLOCK_POINTS];
    final boolean[] fromMemory = new boolean[BLOCK_POINTS];
    int size;
  }

  /**
   * Takes an answer, or leaves it out where one stands a quarter of a second before.
   *
   * @param oldestMillis blocks that end before are thrown away
   */
  void add(Event event, long oldestMillis) {
    long millis = event.ingestedAtMillis();
    if (millis < latestMillis + POINT_EVERY_MILLIS) {
      return;
    }
    latestMillis = millis;
    Block block = blocks.peekLast();
    if (block == null || block.size == BLOCK_POINTS) {
      block = new Block();
      blocks.add(block);
    }
    Emotion emotion = event.emotion();
    int at = block.size++;
    block.millis[at] = millis;
    block.values[5 * at] = emotion.getAffect().getArousal();
    block.values[5 * at + 1] = emotion.getAffect().getValence();
    block.values[5 * at + 2] = emotion.getPrior().getArousal();
    block.values[5 * at + 3] = emotion.getPrior().getValence();
    block.values[5 * at + 4] = emotion.getActivity();
    block.neurons[at] = emotion.getNeurons();
    block.fromMemory[at] = emotion.getSource() == Source.MEMORY;
    trim(oldestMillis, Integer.MAX_VALUE);
  }

  /** Throws blocks away that end too early, or are too many, the oldest first. */
  void trim(long oldestMillis, int mostBlocks) {
    Block first = blocks.peekFirst();
    while (first != null
        && (blocks.size() > mostBlocks || first.millis[first.size - 1] < oldestMillis)) {
      blocks.removeFirst();
      first = blocks.peekFirst();
    }
  }

  int blocks() {
    return blocks.size();
  }

  /** Points; fewer than the blocks would hold. */
  int points() {
    return blocks.stream().mapToInt(block -> block.size).sum();
  }

  /**
   * Writes it as an array of arrays: time, arousal, valence, the PK's own arousal and valence,
   * activity, neurons, source (0 the PK, 1 the memory).
   *
   * @param fromMillis earlier points are left out
   */
  void write(JsonGenerator json, long fromMillis) throws IOException {
    json.writeStartArray();
    for (Block block : blocks) {
      for (int i = 0; i < block.size; i++) {
        if (block.millis[i] >= fromMillis) {
          json.writeStartArray();
          json.writeNumber(block.millis[i]);
          for (int value = 0; value < 5; value++) {
            json.writeNumber(block.values[5 * i + value]);
          }
          json.writeNumber(block.neurons[i]);
          json.writeNumber(block.fromMemory[i] ? 1 : 0);
          json.writeEndArray();
        }
      }
    }
    json.writeEndArray();
  }
}
