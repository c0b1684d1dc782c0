package io.paffmem.cluster;

import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the topics hold of some streams already, so that a replay which was broken off goes on where
 * it was. A publisher writes each stream in order and without gaps, so the highest sequence says it
 * all. Frames are kept for hours and events for days; what either knows was there.
 *
 * @param highest sequence by stream
 * @param answered events
 * @param unanswered frames on their topic without an event
 */
public record HeldFrames(Map<String, Long> highest, long answered, long unanswered) {
  public HeldFrames {
    highest = Map.copyOf(highest);
  }

  /**
   * Reads both topics; takes as long as the frames on the first take to be read.
   *
   * @param prefix what the ids of the streams begin with
   */
  public static HeldFrames of(Cluster cluster, String prefix) {
    Map<String, Long> highest = new HashMap<>();
    Map<String, BitSet> waiting = new HashMap<>();
    AvroSerde<Frame> frames = cluster.serdes().of(Frame.class);
    try (TopicHistory topic = new TopicHistory(cluster.observer(), Topics.FRAMES)) {
      topic.readToEnd(
          record -> {
            if (frames.decode(record.topic(), record.value()) instanceof Decoded.Value<Frame> frame
                && isOf(prefix, frame.value().getIdentity())) {
              FrameIdentity identity = frame.value().getIdentity();
              highest.merge(identity.getStreamId(), identity.getSequence(), Math::max);
              waiting
                  .computeIfAbsent(identity.getStreamId(), any -> new BitSet())
                  .set((int) identity.getSequence());
            }
          });
    }
    AtomicLong answered = new AtomicLong();
    try (EmotionHistory events =
        new EmotionHistory(
            cluster,
            prefix,
            event -> {
              answered.incrementAndGet();
              settle(event, highest, waiting);
            })) {
      events.readToEnd();
    }
    long unanswered = waiting.values().stream().mapToLong(BitSet::cardinality).sum();
    return new HeldFrames(highest, answered.get(), unanswered);
  }

  private static void settle(
      Emotion event, Map<String, Long> highest, Map<String, BitSet> waiting) {
    FrameIdentity identity = event.getIdentity();
    highest.merge(identity.getStreamId(), identity.getSequence(), Math::max);
    BitSet stream = waiting.get(identity.getStreamId());
    if (stream != null && isCountable(identity)) {
      stream.clear((int) identity.getSequence());
    }
  }

  private static boolean isOf(String prefix, FrameIdentity identity) {
    return identity.getStreamId().startsWith(prefix) && isCountable(identity);
  }

  private static boolean isCountable(FrameIdentity identity) {
    return identity.getSequence() >= 0 && identity.getSequence() < Integer.MAX_VALUE;
  }
}
