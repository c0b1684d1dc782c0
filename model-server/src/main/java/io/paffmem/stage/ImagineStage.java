package io.paffmem.stage;

import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Seed requests to seeds: one face, imagined with every affect of the layout and encoded again.
 *
 * <p>The one who asks waits for the answer, so every request that can be read is answered, if need
 * be with a refusal: {@code other_model}, {@code unknown_layout}, {@code invalid_request} (z of
 * another length, or z or z' not finite), {@code internal_error}. What cannot be read, or does not
 * stand under its person's key, is a dead letter.
 */
final class ImagineStage implements BatchStage {
  static final String NAME = "imagine";

  /** Why a request may be refused. */
  static final List<String> REFUSAL_REASONS =
      List.of("other_model", "unknown_layout", "invalid_request", "internal_error");

  /** Reasons of dead letters, besides those of {@link Decoded.Reason}. */
  static final List<String> DEAD_LETTER_REASONS = List.of("key_mismatch", "internal_error");

  /**
   * Faces in one run of the PK. Small, so that the frames of other people, which share its cores,
   * do not wait for all of a newcomer's 200 faces.
   */
  private static final int FACES_PER_RUN = 50;

  private final PriorKnowledge prior;
  private final BackgroundCores cores;
  private final AvroSerde<SeedRequest> requests;
  private final AvroSerde<Seeds> seeds;

  /**
   * A stage over these.
   *
   * @param cores stay the caller's to close
   */
  ImagineStage(PriorKnowledge prior, AvroSerdes serdes, BackgroundCores cores) {
    this.prior = prior;
    this.cores = cores;
    this.requests = serdes.of(SeedRequest.class);
    this.seeds = serdes.of(Seeds.class);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String inputTopic() {
    return Topics.SEED_REQUESTS;
  }

  @Override
  public StageOutput handle(List<ConsumerRecord<byte[], byte[]>> batch) {
    StageOutput output = new StageOutput();
    for (ConsumerRecord<byte[], byte[]> source : batch) {
      Decoded<SeedRequest> decoded = requests.decode(source.topic(), source.value());
      if (decoded instanceof Decoded.Malformed<SeedRequest> malformed) {
        output.deadLetter(source, NAME, malformed.reason());
      } else if (decoded instanceof Decoded.Value<SeedRequest> value) {
        if (StageOutput.isKeyedBy(value.value().getIdentity(), source)) {
          answer(source, value.value(), output);
        } else {
          output.deadLetter(source, NAME, "key_mismatch");
        }
      }
    }
    return output;
  }

  @Override
  public StageOutput giveUp(ConsumerRecord<byte[], byte[]> record) {
    StageOutput output = new StageOutput();
    output.deadLetter(record, NAME, "internal_error");
    if (requests.decode(record.topic(), record.value())
            instanceof Decoded.Value<SeedRequest> request
        && StageOutput.isKeyedBy(request.value().getIdentity(), record)) {
      refuse(record, request.value(), "internal_error", output);
    }
    return output;
  }

  private void answer(
      ConsumerRecord<byte[], byte[]> source, SeedRequest request, StageOutput output) {
    Optional<SeedLayout> layout = SeedLayout.named(request.getLayout());
    ByteBuffer packedZ = request.getZ();
    if (!request.getModelVersion().equals(prior.modelVersion())) {
      refuse(source, request, "other_model", output);
    } else if (layout.isEmpty()) {
      refuse(source, request, "unknown_layout", output);
    } else if (packedZ.remaining() != prior.latentSize() * Float.BYTES) {
      refuse(source, request, "invalid_request", output);
    } else {
      float[] z = FloatVectors.unpack(packedZ);
      float[] y = layout.get().y();
      // A z that is not finite comes out as no finite z', but costs 200 faces on the way there.
      Encodings imagined =
          FloatVectors.allFinite(z) ? imagine(z, y) : new Encodings(z, new float[0]);
      if (FloatVectors.allFinite(imagined.z()) && FloatVectors.allFinite(imagined.affect())) {
        SeedPairs pairs =
            new SeedPairs(
                FloatVectors.pack(imagined.z()),
                FloatVectors.pack(y),
                FloatVectors.pack(imagined.affect()));
        output.answer(source, Topics.SEEDS, encode(request, pairs));
      } else {
        refuse(source, request, "invalid_request", output);
      }
    }
  }

  /** The same face with every affect of y: y.length / 2 rows of z' and what the PK reads there. */
  private Encodings imagine(float[] z, float[] y) {
    int pairs = y.length / 2;
    int facesPerRun = Math.min(FACES_PER_RUN, pairs);
    float[] repeatedZ = new float[facesPerRun * z.length];
    for (int i = 0; i < facesPerRun; i++) {
      System.arraycopy(z, 0, repeatedZ, i * z.length, z.length);
    }
    float[] imagined = new float[pairs * z.length];
    float[] read = new float[y.length];
    for (int from = 0; from < pairs; from += facesPerRun) {
      int faces = Math.min(facesPerRun, pairs - from);
      float[] someZ = faces == facesPerRun ? repeatedZ : Arrays.copyOf(repeatedZ, faces * z.length);
      float[] someY = Arrays.copyOfRange(y, from * 2, (from + faces) * 2);
      Encodings some = cores.compute(() -> prior.generateAndEncode(someZ, someY, faces));
      if (some.z().length != faces * z.length || some.affect().length != 2 * faces) {
        throw new IllegalStateException(
            "For %d faces the PK gave %d values of z' and %d of affect"
                .formatted(faces, some.z().length, some.affect().length));
      }
      System.arraycopy(some.z(), 0, imagined, from * z.length, some.z().length);
      System.arraycopy(some.affect(), 0, read, 2 * from, some.affect().length);
    }
    return new Encodings(imagined, read);
  }

  private void refuse(
      ConsumerRecord<byte[], byte[]> source,
      SeedRequest request,
      String reason,
      StageOutput output) {
    output.refusal(source, Topics.SEEDS, encode(request, new SeedRefusal(reason)), reason);
  }

  /** The model is the request's: of a refusal too, so that it finds the memory that asked. */
  private byte[] encode(SeedRequest request, Object outcome) {
    return seeds.encode(
        Topics.SEEDS,
        new Seeds(
            request.getIdentity(), request.getModelVersion(), request.getGeneration(), outcome));
  }
}
