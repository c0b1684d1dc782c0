package io.paffmem.schemas;

import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceBox;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.schemas.avro.Source;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One record or more of every topic that bears Avro. */
final class Samples {
  static final FrameIdentity IDENTITY = new FrameIdentity("Zoë", "call-1", 7L);
  private static final Affect PRIOR = new Affect(0.25f, -0.5f);
  private static final String MODEL = "pk-quarter-0123abcd";

  private Samples() {}

  static Frame frame() {
    return Frame.newBuilder()
        .setIdentity(IDENTITY)
        .setCapturedAtMillis(1_000L)
        .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .setFaceBox(new FaceBox(1, 2, 96, 97))
        .setLabel(new Affect(1f, -1f))
        .build();
  }

  static Emotion emotion() {
    return Emotion.newBuilder()
        .setIdentity(IDENTITY)
        .setCapturedAtMillis(1_000L)
        .setAffect(new Affect(0.5f, 0.75f))
        .setSource(Source.MEMORY)
        .setPrior(PRIOR)
        .setActivity(0.9f)
        .setBestMatchingUnit(3)
        .setNeurons(12)
        .setFramesPerceived(26L)
        .setModelVersion(MODEL)
        .build();
  }

  static Map<String, SpecificRecord> byCase() {
    ByteBuffer z = FloatVectors.pack(new float[] {0.5f, -1f, 1f});
    Map<String, SpecificRecord> samples = new LinkedHashMap<>();
    samples.put("frames, with box and label", frame());
    samples.put(
        "frames, bare",
        Frame.newBuilder()
            .setIdentity(IDENTITY)
            .setCapturedAtMillis(-1L)
            .setImage(ByteBuffer.allocate(0))
            .build());
    samples.put(
        "embeddings", new Embedding(IDENTITY, 1_000L, z, PRIOR, MODEL, null, null, null, null));
    samples.put("seed-requests", new SeedRequest(IDENTITY, z, MODEL, 2, "even-200"));
    samples.put(
        "seeds, pairs",
        new Seeds(
            IDENTITY,
            MODEL,
            2,
            new SeedPairs(
                z,
                FloatVectors.pack(new float[] {-1f, 0.23f}),
                FloatVectors.pack(new float[] {-0.7f, 0.5f}))));
    samples.put("seeds, refusal", new Seeds(IDENTITY, MODEL, 2, new SeedRefusal("timed_out")));
    samples.put("emotions", emotion());
    samples.put(
        "person-commands",
        new PersonCommand("c1", "Zoë", CommandKind.FORGET, 5L, false, null, false));
    samples.put(
        "person-receipts",
        new PersonReceipt("c1", "Zoë", CommandKind.RESET, 5L, 12, 3, 1, 0, null, null, 0));
    samples.put(
        "memory-imports", new MemoryImport("c1", "Zoë", ByteBuffer.wrap(new byte[] {1, 2})));
    samples.put(
        "teachings, a stretch",
        new Teaching("t1", "Zoë", TeachingKind.NEUTRAL, null, null, 1_000L, 4_000L, null, null));
    samples.put(
        "teachings, a frame",
        new Teaching("t2", "Zoë", TeachingKind.LABEL, "cam", 7L, null, null, PRIOR, null));
    return samples;
  }

  static String topicOf(String sample) {
    return sample.split(",", 2)[0];
  }
}
