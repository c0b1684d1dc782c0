package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.paffmem.schemas.Decoded.Malformed;
import io.paffmem.schemas.Decoded.Reason;
import io.paffmem.schemas.Decoded.Value;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.registry.SchemaIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A registry that loses what it knew, or gives other ids. */
final class LostRegistryTest {
  /** Answers as a registry does that knows nothing any more, while {@code lost}. */
  private static final class Registry extends MockSchemaRegistryClient {
    private boolean lost;
    private boolean away;
    private @Nullable Registry other;

    @Override
    public ParsedSchema getSchemaBySubjectAndId(String subject, int id)
        throws IOException, RestClientException {
      answer(40403);
      if (other != null) {
        return other.getSchemaBySubjectAndId(subject, id);
      }
      return super.getSchemaBySubjectAndId(subject, id);
    }

    @Override
    public List<Integer> getAllVersions(String subject) throws IOException, RestClientException {
      answer(40401);
      return super.getAllVersions(subject);
    }

    @Override
    public void reset() {
      // The mock's own forgets what was registered.
    }

    private void answer(int code) throws IOException, RestClientException {
      if (away) {
        throw new IOException("connection refused");
      }
      if (lost) {
        throw new RestClientException("not found", 404, code);
      }
    }
  }

  private final Registry registry = new Registry();
  private long nanos = 1;
  private final AvroSerdes serdes = new AvroSerdes(registry, registry, () -> nanos);
  private final AvroSerde<Frame> frames = serdes.of(Frame.class);

  @Test
  void decodeOrWait_registryWithoutItsSchemas_waitsForThemAndReadsTheRecordThen() {
    byte[] bytes = new AvroSerdes(registry).of(Frame.class).encode(Topics.FRAMES, Samples.frame());
    registry.lost = true;

    for (int minute = 0; minute < 60; minute++) {
      assertThatThrownBy(() -> frames.decodeOrWait(Topics.FRAMES, bytes))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("no subject frames-value")
          .hasMessageContaining("restore");
      pass(Duration.ofMinutes(1));
    }
    registry.lost = false;

    assertThat(frames.decodeOrWait(Topics.FRAMES, bytes)).isEqualTo(new Value<>(Samples.frame()));
  }

  @Test
  void decodeOrWait_unknownIdOfASoundRegistry_isGivenUpAfterTenSecondsAndTheNextOneAtOnce() {
    byte[] bytes = unknownId(4711);

    assertThatThrownBy(() -> frames.decodeOrWait(Topics.FRAMES, bytes))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("does not know id 4711 of frames-value yet");
    pass(SchemaIds.PATIENCE);

    Malformed<Frame> unknown = new Malformed<>(Reason.UNKNOWN_SCHEMA);
    assertThat(frames.decodeOrWait(Topics.FRAMES, bytes)).isEqualTo(unknown);
    assertThat(frames.decodeOrWait(Topics.FRAMES, unknownId(4712))).isEqualTo(unknown);
    pass(SchemaIds.BELIEF);
    assertThatThrownBy(() -> frames.decodeOrWait(Topics.FRAMES, unknownId(4713)))
        .isInstanceOf(RetriableException.class);
  }

  @Test
  void decodeOrWait_idThatCameToMeanAnother_waitsInsteadOfGivingUp() throws Exception {
    Registry filledAgain = new Registry();
    filledAgain.register("embeddings-value", new AvroSchema(Embedding.getClassSchema()));
    Registry asked = new Registry();
    asked.other = registry;
    AvroSerdes caching = new AvroSerdes(registry, asked, () -> nanos);
    byte[] emotion = caching.of(Emotion.class).encode(Topics.EMBEDDINGS, Samples.emotion());
    AvroSerde<Embedding> embeddings = caching.of(Embedding.class);
    assertThat(embeddings.decodeOrWait(Topics.EMBEDDINGS, emotion))
        .isEqualTo(new Malformed<Embedding>(Reason.OTHER_SCHEMA));

    asked.other = filledAgain;
    pass(Duration.ofSeconds(3));

    assertThatThrownBy(() -> embeddings.decodeOrWait(Topics.EMBEDDINGS, emotion))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("means another schema");
  }

  @Test
  void mismatch_idsInUse_saysWhichOneIsLostAndWhichHasMoved() throws Exception {
    var unused = frames.encode(Topics.FRAMES, Samples.frame());
    assertThat(serdes.mismatch()).isEmpty();

    registry.lost = true;
    pass(Duration.ofSeconds(3));
    assertThat(serdes.mismatch())
        .hasValueSatisfying(
            said -> assertThat(said).contains("lost schema id 1 of frames-value", "restore"));

    registry.away = true;
    pass(Duration.ofSeconds(3));
    assertThat(serdes.mismatch()).as("it said so last").isPresent();

    registry.away = false;
    registry.lost = false;
    pass(Duration.ofSeconds(3));
    assertThat(serdes.mismatch()).isEmpty();
  }

  private byte[] unknownId(int id) {
    byte[] bytes = frames.encode(Topics.FRAMES, Samples.frame());
    ByteBuffer.wrap(bytes).putInt(1, id);
    return bytes;
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
