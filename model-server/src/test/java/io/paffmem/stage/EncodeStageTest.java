package io.paffmem.stage;

import static io.paffmem.stage.Records.identity;
import static io.paffmem.stage.Records.polled;
import static io.paffmem.stage.Records.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.FaceLook;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.FaceBox;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.SeedRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncodeStageTest {
  private static final long CAPTURED_AT_MILLIS = 1_500_000_000_000L;

  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final AvroSerde<Frame> frames = serdes.of(Frame.class);
  private final AvroSerde<Embedding> embeddings = serdes.of(Embedding.class);
  private final FakePrior prior = new FakePrior();
  private final FakeDecoder decoder = new FakeDecoder();
  private final EncodeStage stage =
      new EncodeStage(prior, new ModelProbe(prior), null, decoder, serdes, false);

  @Test
  void handle_frame_becomesAnEmbedding() {
    Affect label = new Affect(0.5f, -0.25f);
    ConsumerRecord<byte[], byte[]> source = frame("ann", 7, new byte[] {30}, null, label);

    StageOutput output = stage.handle(List.of(source));

    assertThat(output.answers()).isEqualTo(1);
    ProducerRecord<byte[], byte[]> sent = output.records().get(0);
    assertThat(sent.topic()).isEqualTo(Topics.EMBEDDINGS);
    assertThat(sent.key()).isEqualTo("ann".getBytes(UTF_8));
    assertThat(sent.timestamp()).isEqualTo(source.timestamp());
    assertThat(sent.partition()).isNull();
    Embedding embedding = Records.read(embeddings, sent);
    assertThat(embedding.getIdentity()).isEqualTo(identity("ann", 7));
    assertThat(embedding.getCapturedAtMillis()).isEqualTo(CAPTURED_AT_MILLIS);
    assertThat(FloatVectors.unpack(embedding.getZ())).isEqualTo(FakePrior.zOf(30));
    assertThat(embedding.getPrior()).isEqualTo(new Affect(0.3f, -0.3f));
    assertThat(embedding.getModelVersion()).isEqualTo("fake-1");
    assertThat(embedding.getLabel()).isEqualTo(label);
  }

  @Test
  void handle_consentRequired_framesWithoutAreDeadLettersAndNotDecoded() {
    EncodeStage strict = new EncodeStage(prior, new ModelProbe(prior), null, decoder, serdes, true);
    ConsumerRecord<byte[], byte[]> with = frame("ann", 7, 30);
    FrameHeaders.declare(with.headers(), FrameHeaders.CONSENT, "form 12");
    ConsumerRecord<byte[], byte[]> blank = frame("bob", 7, 31);
    FrameHeaders.declare(blank.headers(), FrameHeaders.CONSENT, " .");

    StageOutput output = strict.handle(List.of(frame("cid", 7, 32), with, blank));

    assertThat(output.answers()).isEqualTo(1);
    assertThat(Records.of(Topics.EMBEDDINGS, output.records()))
        .singleElement()
        .satisfies(
            answer -> assertThat(FrameHeaders.consent(answer.headers())).isEqualTo("form 12"));
    assertThat(output.deadLetterReasons()).isEqualTo(Map.of("consent_missing", 2));
    assertThat(decoder.boxes).hasSize(1);
    assertThat(Records.of(Topics.DEAD_LETTERS, output.records()))
        .hasSize(2)
        .allMatch(letter -> reason(letter).equals("consent_missing"))
        .allSatisfy(
            letter -> {
              Frame kept = Records.read(serdes.of(Frame.class), letter);
              assertThat(kept.getImage().remaining()).as("bytes of the picture").isZero();
              assertThat(kept.getIdentity().getSequence()).isEqualTo(7);
            });
  }

  @Test
  void handle_frameOfMeasuredQuality_embeddingSaysSo() {
    FaceQuality quality = new FaceQuality(false, 12f, 0.1f, 0f, 0.9f, -20f, null);
    Frame frame =
        Frame.newBuilder(frame(identity("ann", 7), new byte[] {30})).setQuality(quality).build();

    StageOutput output =
        stage.handle(
            List.of(
                polled(Topics.FRAMES, 0, 7, "ann", frames.encode(Topics.FRAMES, frame)),
                frame("ann", 8, 40)));

    assertThat(output.records())
        .extracting(record -> Records.read(embeddings, record).getQuality())
        .containsExactly(quality, null);
  }

  @Test
  void handle_pkThatTellsHowSureItIs_embeddingSaysSo() {
    prior.tellsDeviation = true;

    StageOutput output = stage.handle(List.of(frame("ann", 7, 30), frame("ann", 8, 40)));

    assertThat(output.records())
        .extracting(record -> Records.read(embeddings, record).getDeviation())
        .containsExactly(new Affect(0.3f, 0.6f), new Affect(0.4f, 0.8f));
  }

  @Test
  void handle_withAModelOfLooks_embeddingSaysHowTheFaceLooks_andNothingWithoutOne() {
    IdentityModel looks =
        new IdentityModel() {
          @Override
          public float[] embed(byte[] rgb, int faces) {
            float[] embedded = new float[2 * faces];
            for (int i = 0; i < faces; i++) {
              embedded[2 * i + i % 2] = i == 2 ? Float.NaN : 1;
            }
            return embedded;
          }

          @Override
          public int size() {
            return 2;
          }

          @Override
          public int version() {
            return 5;
          }
        };
    EncodeStage looking =
        new EncodeStage(prior, new ModelProbe(prior), looks, decoder, serdes, false);
    List<ConsumerRecord<byte[], byte[]>> batch =
        List.of(frame("ann", 7, 30), frame("ann", 8, 40), frame("ann", 9, 50));

    assertThat(looking.handle(batch).records())
        .extracting(record -> Records.read(embeddings, record).getLook())
        .containsExactly(
            new FaceLook(5, new byte[] {127, 0}).pack(),
            new FaceLook(5, new byte[] {0, 127}).pack(),
            null);
    assertThat(stage.handle(batch).records())
        .extracting(record -> Records.read(embeddings, record).getLook())
        .containsOnlyNulls();
  }

  @Test
  void handle_pkThatDoesNotTell_embeddingHasNoDeviation() {
    StageOutput output = stage.handle(List.of(frame("ann", 7, 30)));

    assertThat(Records.read(embeddings, output.records().get(0)).getDeviation()).isNull();
  }

  @Test
  void handle_frameWithoutLabel_embeddingHasNone() {
    StageOutput output = stage.handle(List.of(frame("ann", 7, 30)));

    assertThat(Records.read(embeddings, output.records().get(0)).getLabel()).isNull();
  }

  @Test
  void handle_faceBox_isHandedToTheDecoder() {
    StageOutput output =
        stage.handle(List.of(frame("ann", 1, new byte[] {30}, new FaceBox(5, 6, 70, 80), null)));

    assertThat(output.answers()).isEqualTo(1);
    assertThat(decoder.boxes).containsExactly(new ImageDecoder.Box(5, 6, 70, 80));
  }

  @Test
  void handle_batch_isOneRunInOrder() {
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      batch.add(frame("p" + i % 3, i, i));
    }

    StageOutput output = stage.handle(batch);

    assertThat(prior.encodeRuns).containsExactly(20);
    assertThat(output.records()).hasSize(20);
    for (int i = 0; i < 20; i++) {
      Embedding embedding = Records.read(embeddings, output.records().get(i));
      assertThat(embedding.getIdentity().getSequence()).isEqualTo(i);
      assertThat(FloatVectors.unpack(embedding.getZ())).isEqualTo(FakePrior.zOf(i));
    }
  }

  @Test
  void handle_smallerBatchAfterALarger_usesNothingOfTheFormer() {
    stage.handle(List.of(frame("a", 1, 11), frame("b", 1, 12), frame("c", 1, 13)));

    StageOutput output = stage.handle(List.of(frame("d", 1, 14)));

    assertThat(prior.encodeRuns).containsExactly(3, 1);
    assertThat(FloatVectors.unpack(Records.read(embeddings, output.records().get(0)).getZ()))
        .isEqualTo(FakePrior.zOf(14));
  }

  @Test
  void handle_badFramesAmongGood_goodOnesAreEncodedAsIfAlone() {
    byte[] garbled = frames.encode(Topics.FRAMES, frame(identity("bob", 3), new byte[] {1}));
    List<ConsumerRecord<byte[], byte[]>> batch =
        List.of(
            frame("ann", 1, 21),
            polled(Topics.FRAMES, 0, 2, "bob", "no avro at all".getBytes(UTF_8)),
            polled(Topics.FRAMES, 0, 3, "bob", Arrays.copyOf(garbled, garbled.length - 1)),
            frame("cid", 4, FakeDecoder.refused("truncated"), null, null),
            frame("dan", 5, 25));

    StageOutput output = stage.handle(batch);

    assertThat(prior.encodeRuns).containsExactly(2);
    List<Embedding> good =
        Records.of(Topics.EMBEDDINGS, output.records()).stream()
            .map(record -> Records.read(embeddings, record))
            .toList();
    assertThat(good).extracting(e -> e.getIdentity().getPersonId()).containsExactly("ann", "dan");
    assertThat(FloatVectors.unpack(good.get(1).getZ())).isEqualTo(FakePrior.zOf(25));
    assertThat(output.deadLetterReasons())
        .isEqualTo(Map.of(Decoded.Reason.NOT_AVRO, 1, Decoded.Reason.GARBLED, 1, "truncated", 1));
    assertThat(Records.of(Topics.DEAD_LETTERS, output.records()))
        .extracting(Records::reason)
        .containsExactly(Decoded.Reason.NOT_AVRO, Decoded.Reason.GARBLED, "truncated");
  }

  @Test
  void handle_allBad_doesNotRunThePk() {
    StageOutput output =
        stage.handle(List.of(polled(Topics.FRAMES, 0, 0, "ann", new byte[] {1, 2, 3})));

    assertThat(prior.encodeRuns).isEmpty();
    assertThat(output.answers()).isZero();
  }

  @Test
  void handle_deadLetter_bearsWhatCame() {
    byte[] bytes = "no avro at all".getBytes(UTF_8);
    ConsumerRecord<byte[], byte[]> source = polled(Topics.FRAMES, 3, 42, "bob", bytes);

    ProducerRecord<byte[], byte[]> letter = stage.handle(List.of(source)).records().get(0);

    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
    assertThat(letter.key()).isEqualTo("bob".getBytes(UTF_8));
    assertThat(letter.value()).isEqualTo(bytes);
    assertThat(letter.timestamp()).isEqualTo(source.timestamp());
    assertThat(Records.header(letter, DeadLetters.STAGE)).isEqualTo("encode");
    assertThat(Records.header(letter, DeadLetters.TOPIC)).isEqualTo(Topics.FRAMES);
    assertThat(Records.header(letter, DeadLetters.PARTITION)).isEqualTo("3");
    assertThat(Records.header(letter, DeadLetters.OFFSET)).isEqualTo("42");
  }

  @Test
  void handle_unknownSchemaId_isADeadLetter() {
    byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(9_999).putInt(0).array();

    assertThat(onlyReason(polled(Topics.FRAMES, 0, 0, "bob", bytes)))
        .isEqualTo(Decoded.Reason.UNKNOWN_SCHEMA);
  }

  @Test
  void handle_noValue_isADeadLetter() {
    byte[] key = "bob".getBytes(UTF_8);

    assertThat(onlyReason(polled(Topics.FRAMES, 0, 0, key, null)))
        .isEqualTo(Decoded.Reason.NOT_AVRO);
  }

  @Test
  void handle_anotherRecordType_isADeadLetter() {
    SeedRequest request =
        new SeedRequest(identity("bob", 1), ByteBuffer.allocate(0), "fake-1", 0, "even-200");
    byte[] bytes = serdes.of(SeedRequest.class).encode(Topics.FRAMES, request);

    assertThat(onlyReason(polled(Topics.FRAMES, 0, 0, "bob", bytes)))
        .isEqualTo(Decoded.Reason.OTHER_SCHEMA);
  }

  @Test
  void handle_nameThatLooksLikeAnother_isADeadLetter() {
    for (String name : List.of("ann ", "a\u200bnn", "Zoe\u0301", "Zo\ufffd")) {
      byte[] bytes = frames.encode(Topics.FRAMES, frame(identity(name, 1), new byte[] {30}));

      assertThat(onlyReason(polled(Topics.FRAMES, 0, 0, name, bytes))).isEqualTo("invalid_name");
    }
  }

  @Test
  void handle_keyOfAnotherPerson_isADeadLetter() {
    byte[] bytes = frames.encode(Topics.FRAMES, frame(identity("bob", 1), new byte[] {30}));

    assertThat(onlyReason(polled(Topics.FRAMES, 0, 0, "ann", bytes))).isEqualTo("key_mismatch");
    assertThat(onlyReason(polled(Topics.FRAMES, 0, 0, (byte[]) null, bytes)))
        .isEqualTo("key_mismatch");
    assertThat(decoder.boxes).as("pictures looked at").isEmpty();
  }

  @Test
  void handle_refusedPicture_isADeadLetterWithTheDecodersReason() {
    for (String reason : List.of("not_an_image", "too_many_pixels", "truncated", "too_small")) {
      assertThat(onlyReason(frame("ann", 1, FakeDecoder.refused(reason), null, null)))
          .isEqualTo(reason);
    }
  }

  @Test
  void handle_outputNotFinite_isADeadLetterOfThatFaceAlone() {
    StageOutput output =
        stage.handle(
            List.of(
                frame("ann", 1, FakePrior.NAN_Z),
                frame("bob", 2, 40),
                frame("cid", 3, FakePrior.NAN_AFFECT)));

    assertThat(Records.of(Topics.DEAD_LETTERS, output.records()))
        .extracting(Records::reason)
        .containsExactly("invalid_embedding", "invalid_embedding");
    assertThat(Records.of(Topics.EMBEDDINGS, output.records()))
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("bob");
  }

  @Test
  void handle_pkBreaksAtOneFrame_throwsForTheWorkerToSort() {
    List<ConsumerRecord<byte[], byte[]>> batch =
        List.of(frame("ann", 1, 40), frame("bob", 2, FakePrior.BREAKS));

    assertThatThrownBy(() -> stage.handle(batch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This face breaks the PK");
  }

  @Test
  void handle_pkBreaksAtEverything_isAnOutage() {
    prior.broken = true;

    assertThatThrownBy(() -> stage.handle(List.of(frame("ann", 1, 40))))
        .isInstanceOf(ModelOutageException.class)
        .hasMessageContaining("the model fake-1 does not answer")
        .hasRootCauseMessage("The device is gone");
  }

  @Test
  void handle_nothingFinite_isAnOutage() {
    prior.speaksNonsense = true;

    assertThatThrownBy(() -> stage.handle(List.of(frame("ann", 1, 40), frame("bob", 2, 41))))
        .isInstanceOf(ModelOutageException.class)
        .hasMessage("the model fake-1 gives no finite answer");
  }

  @Test
  void giveUp_anyRecord_isAnInternalError() {
    StageOutput output = stage.giveUp(frame("bob", 2, FakePrior.BREAKS));

    assertThat(output.records()).hasSize(1);
    assertThat(output.deadLetterReasons()).isEqualTo(Map.of("internal_error", 1));
    assertThat(reason(output.records().get(0))).isEqualTo("internal_error");
  }

  private String onlyReason(ConsumerRecord<byte[], byte[]> record) {
    StageOutput output = stage.handle(List.of(record));
    assertThat(output.records()).hasSize(1);
    String reason = reason(output.records().get(0));
    assertThat(output.deadLetterReasons()).isEqualTo(Map.of(reason, 1));
    return reason;
  }

  private ConsumerRecord<byte[], byte[]> frame(String person, long sequence, int colour) {
    return frame(person, sequence, new byte[] {(byte) colour}, null, null);
  }

  private ConsumerRecord<byte[], byte[]> frame(
      String person,
      long sequence,
      byte[] image,
      @Nullable FaceBox faceBox,
      @Nullable Affect label) {
    Frame frame =
        Frame.newBuilder(frame(identity(person, sequence), image))
            .setFaceBox(faceBox)
            .setLabel(label)
            .build();
    return polled(Topics.FRAMES, 0, sequence, person, frames.encode(Topics.FRAMES, frame));
  }

  private static Frame frame(FrameIdentity identity, byte[] image) {
    return Frame.newBuilder()
        .setIdentity(identity)
        .setCapturedAtMillis(CAPTURED_AT_MILLIS)
        .setImage(ByteBuffer.wrap(image))
        .build();
  }
}
