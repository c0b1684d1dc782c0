package io.paffmem.stage;

import static io.paffmem.stage.Records.identity;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.stage.ModelServerConfig.Workers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class ModelServerTest {
  private static final String ENCODE = "encode-one-0";
  private static final String IMAGINE = "imagine-one-0";
  private static final ModelServerConfig CONFIG =
      new ModelServerConfig(
          "localhost:9092",
          "one",
          new Workers("encode", 1, 64),
          new Workers("imagine", 1, 1),
          6_000,
          false,
          Map.of());

  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final MockClients clients = new MockClients();
  private final FakePrior prior = new FakePrior();
  private final ModelServer server =
      new ModelServer(CONFIG, prior, null, new FakeDecoder(), serdes, meters, clients);

  @Test
  void start_framesAndRequests_areAnsweredAndCounted() throws InterruptedException {
    clients.consumer(ENCODE, Topics.FRAMES, frame("ann", 0, 30), "no avro".getBytes(UTF_8));
    clients.consumer(IMAGINE, Topics.SEED_REQUESTS, request("fake-1"), request("fake-2"));

    server.start();
    assertThat(clients.committed.await(60, SECONDS)).isTrue();
    server.close();

    assertThat(server.counts()).isEqualTo(new ModelServerCounts(2, 1, 2, 1, 1, 1, 0, 0, 2, 0));
    assertThat(clients.sent(ENCODE))
        .extracting(ProducerRecord::topic)
        .containsExactlyInAnyOrder(Topics.EMBEDDINGS, Topics.DEAD_LETTERS);
    assertThat(clients.sent(IMAGINE))
        .extracting(ProducerRecord::topic)
        .containsExactly(Topics.SEEDS, Topics.SEEDS);
    assertThat(clients.consumers.values()).allMatch(MockConsumer::closed);
    assertThat(clients.producers.values()).allMatch(RehearsedProducer::closed);
    assertThat(server.failure()).isEmpty();
  }

  @Test
  void start_imagineWorkers_pollWhatFillsARunOfThePk() {
    prior.facesPerRun = 130;
    clients.consumer(ENCODE, Topics.FRAMES);
    clients.consumer(IMAGINE, Topics.SEED_REQUESTS);
    ModelServerConfig many =
        new ModelServerConfig(
            "localhost:9092",
            "one",
            new Workers("encode", 1, 64),
            new Workers("imagine", 1, 16),
            6_000,
            false,
            Map.of());

    try (ModelServer own =
        new ModelServer(
            many, prior, null, new FakeDecoder(), serdes, new SimpleMeterRegistry(), clients)) {
      own.start();
    }

    // 40 faces a request.
    assertThat(clients.mostPolled).containsEntry(ENCODE, 64).containsEntry(IMAGINE, 3);
  }

  @Test
  void failure_aWorkerWithoutRight_isReportedAndTheOthersGoOn() throws Exception {
    clients.consumer(ENCODE, Topics.FRAMES, frame("ann", 0, 30));
    clients.consumer(IMAGINE, Topics.SEED_REQUESTS, request("fake-1"));
    clients.producer(IMAGINE).initFailures.add(new TransactionalIdAuthorizationException("no"));

    server.start();
    Throwable failure = server.whenFailed().get(60, SECONDS);
    assertThat(clients.encoded.await(60, SECONDS)).isTrue();
    server.close();

    assertThat(failure).isInstanceOf(TransactionalIdAuthorizationException.class);
    assertThat(server.failure()).containsSame(failure);
    assertThat(server.counts().embeddings()).isEqualTo(1);
    assertThat(server.counts().requests()).isZero();
  }

  @Test
  void lacking_pkThatDoesNotAnswer_saysSoBeforeAnyWorkerRuns() {
    prior.broken = true;

    assertThat(server.lacking())
        .hasValueSatisfying(said -> assertThat(said).contains("fake-1 does not answer"));
    assertThat(clients.consumers).isEmpty();

    prior.broken = false;
    assertThat(server.lacking()).isEmpty();
  }

  @Test
  void problem_fromTheStartToTheEnd_saysWhatIsMissing() throws InterruptedException {
    clients.consumer(ENCODE, Topics.FRAMES, frame("ann", 0, 30));
    clients.consumer(IMAGINE, Topics.SEED_REQUESTS, request("fake-1"));

    assertThat(server.problem()).contains("the model server has not started yet");
    server.start();
    assertThat(clients.committed.await(60, SECONDS)).isTrue();
    assertThat(server.problem()).isEmpty();
    server.close();

    assertThat(server.problem()).contains("the model server is being stopped");
  }

  @Test
  void problem_aStageWithoutPartitions_namesItsTopic() throws InterruptedException {
    clients.consumers.put(ENCODE, new MockConsumer<>("earliest"));
    clients.consumer(IMAGINE, Topics.SEED_REQUESTS, request("fake-1"));

    server.start();

    assertThat(server.problem()).get().asString().contains("no partition of frames is assigned");
    server.close();
  }

  @Test
  void problem_aModelThatFails_isNotReadyAndGivesNoFrameUp() {
    prior.broken = true;
    CountDownLatch given = new CountDownLatch(1);
    prior.onBroken = given::countDown;
    clients.consumer(ENCODE, Topics.FRAMES, frame("ann", 0, 30));
    clients.consumer(IMAGINE, Topics.SEED_REQUESTS, request("fake-2"));

    server.start();
    assertThat(await(given)).isTrue();
    assertThat(await(clients.imagined)).isTrue();
    assertThat(server.problem())
        .get()
        .asString()
        .contains("the model fake-1 does not answer", "The device is gone");
    server.close();

    assertThat(clients.sent(ENCODE)).isEmpty();
    assertThat(server.failure()).isEmpty();
  }

  @Test
  void start_aClientThatCannotBeMade_closesTheOthersAndThrows() {
    clients.consumer(ENCODE, Topics.FRAMES);

    assertThatThrownBy(server::start).isInstanceOf(KafkaException.class).hasMessage(IMAGINE);

    assertThat(clients.consumers.get(ENCODE)).matches(MockConsumer::closed);
  }

  @Test
  void start_twice_isRefused() {
    clients.consumer(ENCODE, Topics.FRAMES);
    clients.consumer(IMAGINE, Topics.SEED_REQUESTS);
    server.start();

    assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);

    server.close();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] frame(String person, long sequence, int colour) {
    return serdes
        .of(Frame.class)
        .encode(
            Topics.FRAMES,
            Frame.newBuilder()
                .setIdentity(identity(person, sequence))
                .setCapturedAtMillis(0)
                .setImage(ByteBuffer.wrap(new byte[] {(byte) colour}))
                .build());
  }

  private byte[] request(String model) {
    return serdes
        .of(SeedRequest.class)
        .encode(
            Topics.SEED_REQUESTS,
            new SeedRequest(
                identity("ann", 0), FloatVectors.pack(FakePrior.zOf(1)), model, 0, "even-200"));
  }

  /** Consumers and producers by client id, each consumer with what it will poll. */
  private static final class MockClients implements KafkaClients {
    final Map<String, MockConsumer<byte[], byte[]>> consumers = new ConcurrentHashMap<>();
    final Map<String, RehearsedProducer> producers = new ConcurrentHashMap<>();
    final Map<String, Object> mostPolled = new ConcurrentHashMap<>();
    final CountDownLatch encoded = new CountDownLatch(1);
    final CountDownLatch imagined = new CountDownLatch(1);

    /** Both workers' transactions. */
    final CountDownLatch committed = new CountDownLatch(2);

    void consumer(String id, String topic, byte[]... values) {
      MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
      consumer.schedulePollTask(
          () -> {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.rebalance(List.of(partition));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            for (int i = 0; i < values.length; i++) {
              consumer.addRecord(Records.polled(topic, 0, i, "ann", values[i]));
            }
          });
      consumers.put(id, consumer);
    }

    RehearsedProducer producer(String id) {
      return producers.computeIfAbsent(id, unused -> new RehearsedProducer());
    }

    List<ProducerRecord<byte[], byte[]>> sent(String id) {
      return producer(id).history();
    }

    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
      String id = String.valueOf(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
      MockConsumer<byte[], byte[]> consumer = consumers.get(id);
      if (consumer == null) {
        throw new KafkaException(id);
      }
      mostPolled.put(id, config.getOrDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500));
      return consumer;
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> config) {
      String id = String.valueOf(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
      RehearsedProducer producer = producer(id);
      producer.onCommitted =
          () -> {
            committed.countDown();
            (id.equals(ENCODE) ? encoded : imagined).countDown();
          };
      return producer;
    }
  }
}
