package io.paffmem.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.paffmem.schemas.Decoded.Malformed;
import io.paffmem.schemas.Decoded.Reason;
import io.paffmem.schemas.Decoded.Value;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.PersonCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AvroSerdeTest {
  private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
  private final AvroSerdes serdes = new AvroSerdes(registry);
  private final AvroSerde<Frame> frames = serdes.of(Frame.class);

  static Stream<String> cases() {
    return Samples.byCase().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decode_whatWasEncoded_sameRecord(String sample) {
    assertRoundTrip(Samples.topicOf(sample), requireNonNull(Samples.byCase().get(sample)));
  }

  private <T extends SpecificRecord> void assertRoundTrip(String topic, T record) {
    @SuppressWarnings("unchecked")
    AvroSerde<T> serde = serdes.of((Class<T>) record.getClass());

    byte[] bytes = serde.encode(topic, record);

    assertThat(serde.decode(topic, bytes)).isEqualTo(new Value<>(record));
    assertThat(serde.deserializer().deserialize(topic, serde.serializer().serialize(topic, record)))
        .isEqualTo(record);
  }

  @Test
  void encode_knownFrame_goldenBytes() throws Exception {
    byte[] bytes = frames.encode(Topics.FRAMES, Samples.frame());

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "00" // magic byte
                + "00000001" // schema id 1
                + "085a6fc3ab" // personId "Zoë", 4 bytes
                + "0c63616c6c2d31" // streamId "call-1"
                + "0e" // sequence 7
                + "d00f" // capturedAtMillis 1000
                + "06010203" // image, 3 bytes
                + "020204c001c201" // faceBox, the union's second branch: 1, 2, 96, 97
                + "020000803f000080bf" // label, the union's second branch: 1, -1
                + "00"); // quality, the union's first branch: null
    assertThat(registry.getAllSubjects()).containsExactly("frames-value");
  }

  @Test
  void schemasWithQuality_readThoseWithout_andAreReadByThem() {
    for (Schema now : List.of(Frame.SCHEMA$, Embedding.SCHEMA$, Emotion.SCHEMA$)) {
      List<Schema.Field> fields = new ArrayList<>();
      for (Schema.Field field : now.getFields()) {
        if (!field.name().equals("quality")) {
          fields.add(new Schema.Field(field, field.schema()));
        }
      }
      Schema before = Schema.createRecord(now.getName(), null, now.getNamespace(), false, fields);

      assertThat(fields).hasSize(now.getFields().size() - 1);
      assertThat(SchemaCompatibility.checkReaderWriterCompatibility(now, before).getType())
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      assertThat(SchemaCompatibility.checkReaderWriterCompatibility(before, now).getType())
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  @Test
  void decode_notInWireFormat_notAvro() {
    byte[] good = frames.encode(Topics.FRAMES, Samples.frame());
    byte[] otherMagic = good.clone();
    otherMagic[0] = 1;

    assertMalformed(null, Reason.NOT_AVRO);
    assertMalformed(new byte[0], Reason.NOT_AVRO);
    assertMalformed(new byte[] {0, 0, 0, 1}, Reason.NOT_AVRO);
    assertMalformed(otherMagic, Reason.NOT_AVRO);
    assertMalformed("{\"person\": 1}".getBytes(UTF_8), Reason.NOT_AVRO);
  }

  @Test
  void decode_idThatTheRegistryDoesNotKnow_unknownSchema() {
    byte[] bytes = frames.encode(Topics.FRAMES, Samples.frame());
    ByteBuffer.wrap(bytes).putInt(1, 4711);

    assertMalformed(bytes, Reason.UNKNOWN_SCHEMA);
  }

  @Test
  void decode_anotherRecordOnTheTopic_otherSchema() {
    byte[] bytes = serdes.of(Emotion.class).encode(Topics.FRAMES, Samples.emotion());

    assertMalformed(bytes, Reason.OTHER_SCHEMA);
  }

  @Test
  void decode_everyTruncation_garbled() {
    byte[] bytes = frames.encode(Topics.FRAMES, Samples.frame());

    for (int length = 5; length < bytes.length; length++) {
      assertMalformed(Arrays.copyOf(bytes, length), Reason.GARBLED);
    }
  }

  @Test
  void decode_trailingBytes_garbled() {
    byte[] bytes = frames.encode(Topics.FRAMES, Samples.frame());

    assertMalformed(Arrays.copyOf(bytes, bytes.length + 1), Reason.GARBLED);
  }

  @Test
  void decode_imageThatClaimsTwoGigabytes_garbledWithoutAllocatingThem() {
    byte[] bytes = frames.encode(Topics.FRAMES, Samples.frame());
    // The length of the image, 06, stands after 5 + 5 + 7 + 1 + 2 bytes; 2^31 - 9 in its place.
    byte[] length = HexFormat.of().parseHex("eeffffff0f");
    ByteBuffer huge = ByteBuffer.allocate(bytes.length - 1 + length.length);
    huge.put(bytes, 0, 20).put(length).put(bytes, 21, bytes.length - 21);

    // Many at once could not all be held.
    for (int i = 0; i < 100; i++) {
      assertMalformed(huge.array(), Reason.GARBLED);
    }
  }

  @Test
  void decode_randomDamage_valueOrMalformedButNeverAnException() {
    long seed = 7;
    Random random = new Random(seed);
    byte[] good = frames.encode(Topics.FRAMES, Samples.frame());
    int malformed = 0;

    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        bad[5 + random.nextInt(bad.length - 5)] = (byte) random.nextInt(256);
      }
      if (frames.decode(Topics.FRAMES, bad) instanceof Malformed) {
        malformed++;
      }
    }

    assertThat(malformed).as("seed %d", seed).isBetween(2_000, 19_000);
  }

  @Test
  void decode_olderSchemaWithoutTheOptionalFields_defaultsFilledIn() throws Exception {
    Schema older =
        new Schema.Parser()
            .parse(
                """
                {"namespace": "io.paffmem.schemas.avro", "type": "record", "name": "PersonCommand",
                 "fields": [
                  {"name": "commandId", "type": "string"},
                  {"name": "personId", "type": "string"},
                  {"name": "note", "type": "string"},
                  {"name": "kind", "type": {"type": "enum", "name": "CommandKind",
                    "symbols": ["FORGET", "RESET"]}},
                  {"name": "cutoffMillis", "type": "int"}]}
                """);
    int id = registry.register("person-commands-value", new AvroSchema(older));
    byte[] bytes =
        HexFormat.of().parseHex("00%08x".formatted(id) + "026302700c6120" + "6e6f7465" + "020a");

    Decoded<PersonCommand> decoded =
        serdes.of(PersonCommand.class).decode(Topics.PERSON_COMMANDS, bytes);

    // A field that we do not know is passed over, an int is read as the long that it is here.
    assertThat(decoded)
        .isEqualTo(
            new Value<>(new PersonCommand("c", "p", CommandKind.RESET, 5L, false, null, false)));
  }

  @Test
  void deserializer_badBytes_throwsWhatKafkaExpects() {
    assertThatThrownBy(() -> frames.deserializer().deserialize(Topics.FRAMES, new byte[] {1}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Frame")
        .hasMessageContaining("frames");
    assertThat(frames.deserializer().deserialize(Topics.FRAMES, null)).isNull();
    assertThat(frames.serializer().serialize(Topics.FRAMES, null)).isNull();
  }

  @Test
  void inMemory_recordOfAnEarlierProcess_readByALaterOne() {
    Emotion emotion = Samples.emotion();
    byte[] frame;
    byte[] bytes;
    try (AvroSerdes earlier = AvroSerdes.inMemory()) {
      frame = earlier.of(Frame.class).encode(Topics.FRAMES, Samples.frame());
      bytes = earlier.of(Emotion.class).encode(Topics.EMOTIONS, emotion);
    }
    try (AvroSerdes later = AvroSerdes.inMemory()) {
      byte[] again = later.of(Emotion.class).encode(Topics.EMOTIONS, emotion);

      assertThat(again).isEqualTo(bytes);
      assertThat(later.of(Frame.class).decode(Topics.FRAMES, frame))
          .isEqualTo(new Value<>(Samples.frame()));
    }
  }

  @Test
  void encodeAndDecode_registryNotThere_retriable() throws IOException {
    byte[] bytes = frames.encode(Topics.FRAMES, Samples.frame());
    try (AvroSerdes nowhere = AvroSerdes.at("http://127.0.0.1:" + closedPort())) {
      AvroSerde<Frame> serde = nowhere.of(Frame.class);

      assertThatThrownBy(() -> serde.decode(Topics.FRAMES, bytes))
          .isInstanceOf(RetriableException.class);
      assertThatThrownBy(() -> serde.encode(Topics.FRAMES, Samples.frame()))
          .isInstanceOf(RetriableException.class);
    }
  }

  @Test
  void encodeAndDecode_manyThreads_eachGetsItsOwn() throws Exception {
    AvroSerde<Embedding> serde = serdes.of(Embedding.class);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int thread = t;
        tasks.add(() -> roundTrips(serde, thread));
      }
      for (Future<Integer> wrong : threads.invokeAll(tasks)) {
        assertThat(wrong.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int roundTrips(AvroSerde<Embedding> serde, int thread) {
    int wrong = 0;
    for (int i = 0; i < 2_000; i++) {
      Embedding sent =
          new Embedding(
              Samples.IDENTITY,
              (long) i,
              FloatVectors.pack(new float[] {thread, i}),
              new Affect((float) thread, (float) i),
              "m",
              null,
              null,
              null,
              null);
      byte[] bytes = serde.encode(Topics.EMBEDDINGS, sent);
      if (!serde.decode(Topics.EMBEDDINGS, bytes).equals(new Value<>(sent))) {
        wrong++;
      }
    }
    return wrong;
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void assertMalformed(byte @Nullable [] bytes, String reason) {
    assertThat(frames.decode(Topics.FRAMES, bytes)).isEqualTo(new Malformed<Frame>(reason));
  }
}
