package io.paffmem.stage;

import static io.paffmem.stage.Records.identity;
import static io.paffmem.stage.Records.polled;
import static io.paffmem.stage.Records.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ImagineStageTest {
  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final AvroSerde<SeedRequest> requests = serdes.of(SeedRequest.class);
  private final AvroSerde<Seeds> seeds = serdes.of(Seeds.class);
  private final FakePrior prior = new FakePrior();
  private final BackgroundCores cores = new BackgroundCores("test", 1);
  private final ImagineStage stage = new ImagineStage(prior, new ModelProbe(prior), serdes, cores);

  @Test
  void handle_request_isAnsweredWithThePairsOfTheLayout() {
    float[] z = FakePrior.zOf(40);
    ConsumerRecord<byte[], byte[]> source = request("ann", 3, z, "fake-1", 5, "even-200");

    StageOutput output = stage.handle(List.of(source));

    assertThat(output.answers()).isEqualTo(1);
    ProducerRecord<byte[], byte[]> sent = output.records().get(0);
    assertThat(sent.topic()).isEqualTo(Topics.SEEDS);
    assertThat(sent.key()).isEqualTo("ann".getBytes(UTF_8));
    assertThat(sent.timestamp()).isEqualTo(source.timestamp());
    assertThat(sent.partition()).isNull();
    Seeds answer = Records.read(seeds, sent);
    assertThat(answer.getIdentity()).isEqualTo(identity("ann", 3));
    assertThat(answer.getModelVersion()).isEqualTo("fake-1");
    assertThat(answer.getGeneration()).isEqualTo(5);
    SeedPairs pairs = (SeedPairs) answer.getOutcome();
    float[] y = FloatVectors.unpack(pairs.getY());
    float[] imagined = FloatVectors.unpack(pairs.getZ());
    assertThat(y).isEqualTo(SeedLayout.EVEN_200.y());
    float[] read = FloatVectors.unpack(pairs.getPrior());
    assertThat(imagined).hasSize(200 * 50);
    assertThat(read).hasSize(200 * 2);
    for (int i = 0; i < 200; i++) {
      float[] expected = FakePrior.imagined(z, y[2 * i], y[2 * i + 1]);
      assertThat(Arrays.copyOfRange(imagined, i * 50, (i + 1) * 50)).isEqualTo(expected);
      assertThat(Arrays.copyOfRange(read, 2 * i, 2 * i + 2))
          .isEqualTo(FakePrior.readFrom(expected));
    }
  }

  @Test
  void handle_request_runsThePkInSmallParts() {
    stage.handle(List.of(request("ann", 3, FakePrior.zOf(40), "fake-1", 5, "even-200")));

    assertThat(prior.imagineRuns).containsExactly(50, 50, 50, 50);
  }

  @Test
  void handle_severalRequests_shareRuns() {
    StageOutput output =
        stage.handle(
            List.of(
                request("ann", 1, FakePrior.zOf(40), "fake-1", 0, "chebyshev-36"),
                request("bob", 2, FakePrior.zOf(30), "fake-2", 0, "chebyshev-36"),
                request("cid", 3, FakePrior.zOf(20), "fake-1", 0, "chebyshev-36")));

    assertThat(output.answers()).isEqualTo(2);
    assertThat(prior.imagineRuns).containsExactly(40, 40);
  }

  @Test
  void handle_interpolatedLayout_isAnsweredWithAllPairs() {
    StageOutput output =
        stage.handle(List.of(request("ann", 3, FakePrior.zOf(40), "fake-1", 5, "chebyshev-36")));

    Seeds answer = Records.read(seeds, output.records().get(0));
    SeedPairs pairs = (SeedPairs) answer.getOutcome();
    assertThat(FloatVectors.unpack(pairs.getY())).isEqualTo(SeedLayout.EVEN_200.y());
    assertThat(FloatVectors.unpack(pairs.getZ())).hasSize(200 * 50);
    assertThat(FloatVectors.unpack(pairs.getPrior())).hasSize(200 * 2);
  }

  @Test
  void handle_pkBreaksAtEverything_isAnOutage() {
    prior.broken = true;

    assertThatThrownBy(
            () ->
                stage.handle(
                    List.of(request("ann", 3, FakePrior.zOf(40), "fake-1", 5, "even-200"))))
        .isInstanceOf(ModelOutageException.class)
        .hasMessageContaining("The device is gone");
  }

  @Test
  void handle_nothingFinite_isAnOutage() {
    prior.speaksNonsense = true;

    assertThatThrownBy(
            () ->
                stage.handle(
                    List.of(request("ann", 3, FakePrior.zOf(40), "fake-1", 5, "chebyshev-36"))))
        .isInstanceOf(ModelOutageException.class)
        .hasMessage("the model fake-1 gives no finite answer");
  }

  @Test
  void handle_otherModel_isRefused() {
    assertThat(refusal(request("ann", 3, FakePrior.zOf(40), "fake-2", 5, "even-200")))
        .isEqualTo("other_model");
  }

  @Test
  void handle_unknownLayout_isRefused() {
    assertThat(refusal(request("ann", 3, FakePrior.zOf(40), "fake-1", 5, "odd-199")))
        .isEqualTo("unknown_layout");
  }

  @Test
  void handle_zOfAnotherLength_isRefused() {
    assertThat(refusal(request("ann", 3, new float[49], "fake-1", 5, "even-200")))
        .isEqualTo("invalid_request");
    assertThat(refusal(request("ann", 3, new float[51], "fake-1", 5, "even-200")))
        .isEqualTo("invalid_request");
    assertThat(refusal(request("ann", 3, new float[0], "fake-1", 5, "even-200")))
        .isEqualTo("invalid_request");
  }

  @Test
  void handle_zNotFinite_isRefusedWithoutImagining() {
    float[] z = FakePrior.zOf(40);
    z[49] = Float.NaN;

    assertThat(refusal(request("ann", 3, z, "fake-1", 5, "even-200"))).isEqualTo("invalid_request");
    assertThat(prior.imagineRuns).isEmpty();
  }

  @Test
  void handle_imaginedNotFinite_isRefused() {
    float[] z = FakePrior.zOf(40);
    z[0] = FakePrior.NAN_IMAGINED;

    assertThat(refusal(request("ann", 3, z, "fake-1", 5, "even-200"))).isEqualTo("invalid_request");
  }

  @Test
  void handle_bytesThatAreNoRequest_areADeadLetter() {
    ConsumerRecord<byte[], byte[]> source =
        polled(Topics.SEED_REQUESTS, 1, 9, "ann", "no avro".getBytes(UTF_8));

    StageOutput output = stage.handle(List.of(source));

    assertThat(output.deadLetterReasons()).isEqualTo(Map.of("not_avro", 1));
    ProducerRecord<byte[], byte[]> letter = output.records().get(0);
    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
    assertThat(reason(letter)).isEqualTo(Decoded.Reason.NOT_AVRO);
    assertThat(Records.header(letter, DeadLetters.STAGE)).isEqualTo("imagine");
  }

  @Test
  void handle_keyOfAnotherPerson_isADeadLetter() {
    byte[] bytes = request("ann", 3, FakePrior.zOf(40), "fake-1", 5, "even-200").value();

    StageOutput output = stage.handle(List.of(polled(Topics.SEED_REQUESTS, 0, 0, "bob", bytes)));

    assertThat(output.records()).extracting(Records::reason).containsExactly("key_mismatch");
  }

  @Test
  void handle_badRequestsAmongGood_everyReadableOneIsAnsweredInOrder() {
    StageOutput output =
        stage.handle(
            List.of(
                request("ann", 1, FakePrior.zOf(1), "fake-1", 0, "even-200"),
                polled(Topics.SEED_REQUESTS, 0, 2, "bob", new byte[0]),
                request("cid", 3, FakePrior.zOf(3), "fake-1", 0, "odd-199"),
                request("dan", 4, FakePrior.zOf(4), "fake-1", 0, "even-200")));

    assertThat(Records.of(Topics.SEEDS, output.records()))
        .extracting(record -> Records.read(seeds, record).getIdentity().getSequence())
        .containsExactly(1L, 3L, 4L);
    assertThat(output.answers()).isEqualTo(2);
    assertThat(output.refusalReasons()).isEqualTo(Map.of("unknown_layout", 1));
    assertThat(output.deadLetterReasons()).isEqualTo(Map.of("not_avro", 1));
  }

  @Test
  void giveUp_requestThatBreaksThePk_isADeadLetterAndYetAnswered() {
    float[] z = FakePrior.zOf(40);
    z[0] = FakePrior.BREAKS_IMAGINING;
    ConsumerRecord<byte[], byte[]> source = request("ann", 3, z, "fake-1", 5, "even-200");

    assertThatThrownBy(() -> stage.handle(List.of(source)))
        .isInstanceOf(IllegalStateException.class);
    StageOutput output = stage.giveUp(source);

    assertThat(output.deadLetterReasons()).isEqualTo(Map.of("internal_error", 1));
    assertThat(reason(output.records().get(0))).isEqualTo("internal_error");
    assertThat(Records.read(seeds, output.records().get(1)).getOutcome())
        .isEqualTo(new SeedRefusal("internal_error"));
  }

  private String refusal(ConsumerRecord<byte[], byte[]> source) {
    StageOutput output = stage.handle(List.of(source));
    assertThat(output.records()).hasSize(1);
    Seeds answer = Records.read(seeds, output.records().get(0));
    assertThat(answer.getIdentity()).isEqualTo(identity("ann", 3));
    assertThat(answer.getGeneration()).isEqualTo(5);
    String reason = ((SeedRefusal) answer.getOutcome()).getReason();
    assertThat(output.refusalReasons()).isEqualTo(Map.of(reason, 1));
    return reason;
  }

  private ConsumerRecord<byte[], byte[]> request(
      String person, long sequence, float[] z, String model, int generation, String layout) {
    SeedRequest request =
        new SeedRequest(
            identity(person, sequence), FloatVectors.pack(z), model, generation, layout);
    return polled(
        Topics.SEED_REQUESTS, 0, sequence, person, requests.encode(Topics.SEED_REQUESTS, request));
  }
}
