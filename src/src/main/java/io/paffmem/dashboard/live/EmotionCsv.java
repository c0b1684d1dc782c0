package io.paffmem.dashboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.access.Pseudonyms;
import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceQuality;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A person's events out of the topic as CSV (RFC 4180), in the order in which they came. */
public final class EmotionCsv {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);
  static final String HEADER =
      "person,stream,sequence,capturedAt,ingestedAt,arousal,valence,source,priorArousal,"
          + "priorValence,activity,bestMatchingUnit,neurons,framesPerceived,modelVersion,"
          + "labelArousal,labelValence,ofPerson,readable,side,sharpness,cutOff,score,yawDegrees,"
          + "rollDegrees\r\n";

  /** With which spreadsheets begin a formula. */
  private static final String FORMULAS = "=+-@\t\r";

  private final Cluster cluster;
  private final AvroSerde<Emotion> emotions;
  private final Forgotten forgotten;
  private final Pseudonyms pseudonyms;

  public EmotionCsv(Cluster cluster, Forgotten forgotten, Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
    this.cluster = cluster;
    this.emotions = cluster.serdes().of(Emotion.class);
    this.forgotten = forgotten;
  }

  /**
   * Writes what the topic holds at this moment. A broker that goes away is waited for, up to a
   * minute without news.
   *
   * @param fromMillis earliest time of ingest
   * @param toMillis latest
   * @throws IOException if the other side is gone
   * @throws TimeoutException if the broker stays away
   */
  public void write(String person, long fromMillis, long toMillis, OutputStream out)
      throws IOException {
    String inside = pseudonyms.of(person);
    try (Consumer<byte[], byte[]> consumer = cluster.observer()) {
      int partitions = consumer.partitionsFor(Topics.EMOTIONS).size();
      TopicPartition partition =
          new TopicPartition(
              Topics.EMOTIONS, PersonKey.partition(PersonKey.bytes(inside), partitions));
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      seek(consumer, partition, fromMillis, end);
      Writer writer = new OutputStreamWriter(out, UTF_8);
      writer.write(HEADER);
      long newsNanos = System.nanoTime();
      long before = consumer.position(partition);
      while (before < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < end
              && record.timestamp() >= fromMillis
              && record.timestamp() <= toMillis
              && emotions.decode(record.topic(), record.value())
                  instanceof Decoded.Value<Emotion> event
              && event.value().getIdentity().getPersonId().equals(inside)
              && !forgotten.covers(person, record.timestamp())) {
            Names.restore(event.value(), pseudonyms);
            write(event.value(), record.timestamp(), writer);
          }
        }
        writer.flush();
        long position = consumer.position(partition);
        if (position > before) {
          newsNanos = System.nanoTime();
        } else if (System.nanoTime() - newsNanos > PATIENCE.toNanos()) {
          throw new TimeoutException("the broker gave nothing for " + PATIENCE.toSeconds() + " s");
        }
        before = position;
      }
      writer.flush();
    }
  }

  /** Times are nearly in order, so this is where to begin, and each record is looked at. */
  private static void seek(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long fromMillis, long end) {
    if (fromMillis <= 0) {
      consumer.seekToBeginning(List.of(partition));
    } else {
      OffsetAndTimestamp first =
          consumer.offsetsForTimes(Map.of(partition, fromMillis)).get(partition);
      consumer.seek(partition, first == null ? end : first.offset());
    }
  }

  private static void write(Emotion emotion, long ingestedAtMillis, Writer out) throws IOException {
    out.write(line(emotion, ingestedAtMillis));
  }

  /** An event in the order of the header, with the end of the line. */
  static String line(Emotion emotion, long ingestedAtMillis) {
    Affect label = emotion.getLabel();
    return quoted(emotion.getIdentity().getPersonId())
        + ','
        + quoted(emotion.getIdentity().getStreamId())
        + ','
        + emotion.getIdentity().getSequence()
        + ','
        + emotion.getCapturedAtMillis()
        + ','
        + ingestedAtMillis
        + ','
        + emotion.getAffect().getArousal()
        + ','
        + emotion.getAffect().getValence()
        + ','
        + emotion.getSource()
        + ','
        + emotion.getPrior().getArousal()
        + ','
        + emotion.getPrior().getValence()
        + ','
        + emotion.getActivity()
        + ','
        + emotion.getBestMatchingUnit()
        + ','
        + emotion.getNeurons()
        + ','
        + emotion.getFramesPerceived()
        + ','
        + quoted(emotion.getModelVersion())
        + ','
        + (label == null ? "" : label.getArousal())
        + ','
        + (label == null ? "" : label.getValence())
        + ','
        + orEmpty(emotion.getOfPerson())
        + ','
        + quality(emotion.getQuality())
        + "\r\n";
  }

  private static String quality(@Nullable FaceQuality quality) {
    return quality == null
        ? ",,,,,,"
        : quality.getReadable()
            + ","
            + quality.getSide()
            + ','
            + quality.getSharpness()
            + ','
            + quality.getCutOff()
            + ','
            + orEmpty(quality.getScore())
            + ','
            + orEmpty(quality.getYawDegrees())
            + ','
            + orEmpty(quality.getRollDegrees());
  }

  private static String orEmpty(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /**
   * A text as RFC 4180 has it. One that begins like a formula gets an apostrophe before it: who
   * publishes chooses names, and a spreadsheet would carry it out at the desk of who reads.
   */
  static String quoted(String text) {
    boolean isFormula = !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    boolean isPlain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return isPlain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
