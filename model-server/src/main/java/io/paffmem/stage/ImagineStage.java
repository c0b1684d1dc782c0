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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Seed requests to seeds: one face, imagined with every affect of the layout and encoded again
 * ({@link ImaginedSeeds}). The requests of a batch share runs of the PK.
 *
 * <p>The one who asks waits for the answer, so every request that can be read is answered, if need
 * be with a refusal: {@code other_model}, {@code unknown_layout}, {@code invalid_request} (z of
 * another length, or z or z' not finite), {@code internal_error}. What cannot be read, or does not
 * stand under its person's key, is a dead letter.
 *
 * <p>A PK that fails, or imagines what is not finite, is first asked about a fixed face. If it
 * fails there too, no request is to blame: {@link ModelOutageException}.
 */
final class ImagineStage implements BatchStage {
  static final String NAME = "imagine";

  private static final String INVALID_REQUEST = "invalid_request";

  /** Why a request may be refused. */
  static final List<String> REFUSAL_REASONS =
      List.of("other_model", "unknown_layout", INVALID_REQUEST, "internal_error");

  /** Reasons of dead letters, besides those of {@link Decoded.Reason}. */
  static final List<String> DEAD_LETTER_REASONS = List.of("key_mismatch", "internal_error");

  /** A request that stands under its key; refused without a look at the PK, or to be imagined. */
  private record Asked(
      ConsumerRecord<byte[], byte[]> source,
      SeedRequest request,
      @Nullable String refusal,
      ImaginedSeeds.@Nullable Wish wish) {}

  private final PriorKnowledge prior;
  private final ModelProbe probe;
  private final BackgroundCores cores;
  private final ImaginedSeeds imagination;
  private final AvroSerde<SeedRequest> requests;
  private final AvroSerde<Seeds> seeds;

  /**
   * A stage over these.
   *
   * @param probe of that PK
   * @param cores stay the caller's to close
   */
  ImagineStage(PriorKnowledge prior, ModelProbe probe, AvroSerdes serdes, BackgroundCores cores) {
    this.prior = prior;
    this.probe = probe;
    this.cores = cores;
    this.imagination = new ImaginedSeeds(this::run, prior.latentSize(), prior.facesPerRun());
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
    List<Asked> asked = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> source : batch) {
      Decoded<SeedRequest> decoded = requests.decodeOrWait(source.topic(), source.value());
      if (decoded instanceof Decoded.Malformed<SeedRequest> malformed) {
        output.deadLetter(source, NAME, malformed.reason());
      } else if (decoded instanceof Decoded.Value<SeedRequest> value) {
        if (StageOutput.isKeyedBy(value.value().getIdentity(), source)) {
          asked.add(read(source, value.value()));
        } else {
          output.deadLetter(source, NAME, "key_mismatch");
        }
      }
    }
    answer(asked, output);
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

  private Asked read(ConsumerRecord<byte[], byte[]> source, SeedRequest request) {
    Optional<SeedLayout> layout = SeedLayout.named(request.getLayout());
    if (!request.getModelVersion().equals(prior.modelVersion())) {
      return new Asked(source, request, "other_model", null);
    }
    if (layout.isEmpty()) {
      return new Asked(source, request, "unknown_layout", null);
    }
    if (request.getZ().remaining() != prior.latentSize() * Float.BYTES) {
      return new Asked(source, request, INVALID_REQUEST, null);
    }
    float[] z = FloatVectors.unpack(request.getZ());
    // A z that is not finite comes out as no finite z', but costs many faces on the way there.
    return FloatVectors.allFinite(z)
        ? new Asked(source, request, null, new ImaginedSeeds.Wish(z, layout.get()))
        : new Asked(source, request, INVALID_REQUEST, null);
  }

  private void answer(List<Asked> asked, StageOutput output) {
    List<ImaginedSeeds.Wish> wishes = new ArrayList<>();
    for (Asked one : asked) {
      if (one.wish != null) {
        wishes.add(one.wish);
      }
    }
    Iterator<ImaginedSeeds.Imagined> imagined = imagine(wishes).iterator();
    boolean probed = false;
    for (Asked one : asked) {
      ImaginedSeeds.Wish wish = one.wish;
      if (wish == null) {
        refuse(one.source, one.request, Objects.requireNonNull(one.refusal), output);
        continue;
      }
      Encodings faces = imagined.next().faces();
      if (FloatVectors.allFinite(faces.z()) && FloatVectors.allFinite(faces.affect())) {
        SeedPairs pairs =
            new SeedPairs(
                FloatVectors.pack(faces.z()),
                FloatVectors.pack(wish.layout().y()),
                FloatVectors.pack(faces.affect()));
        output.answer(one.source, Topics.SEEDS, encode(one.request, pairs));
      } else {
        if (!probed) {
          probe.requireAnswer(null);
          probed = true;
        }
        refuse(one.source, one.request, INVALID_REQUEST, output);
      }
    }
  }

  private List<ImaginedSeeds.Imagined> imagine(List<ImaginedSeeds.Wish> wishes) {
    try {
      return imagination.of(wishes);
    } catch (RuntimeException e) {
      probe.requireAnswer(e);
      throw e;
    }
  }

  private Encodings run(float[] z, float[] y, int faces) {
    return cores.compute(() -> prior.generateAndEncode(z, y, faces));
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
