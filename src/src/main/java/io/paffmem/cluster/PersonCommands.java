package io.paffmem.cluster;

import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.start.StartException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Tells the topology what to do to a person, and waits for the receipt. Not thread-safe. */
public final class PersonCommands implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final AvroSerde<PersonCommand> commands;
  private final AvroSerde<MemoryImport> imports;
  private final AvroSerde<Teaching> teachings;
  private final AvroSerde<PersonReceipt> receipts;
  private final Duration patience;

  /**
   * Begins to read receipts.
   *
   * @param patience how long each receipt is waited for
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer within ten seconds
   */
  public PersonCommands(Cluster cluster, Duration patience) {
    this.patience = patience;
    AvroSerdes serdes = cluster.serdes();
    commands = serdes.of(PersonCommand.class);
    imports = serdes.of(MemoryImport.class);
    teachings = serdes.of(Teaching.class);
    receipts = serdes.of(PersonReceipt.class);
    consumer = cluster.observer();
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.PERSON_RECEIPTS, ANSWER).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(partition -> consumer.position(partition, ANSWER));
      producer =
          new KafkaProducer<>(
              producer(cluster), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** What is not sent soon is not sent later either: its sender was told that it was not. */
  private static Map<String, Object> producer(Cluster cluster) {
    Map<String, Object> settings = cluster.client();
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis() / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    return settings;
  }

  /**
   * Sends a command.
   *
   * @param cutoffMillis frames ingested before belong to what is forgotten
   * @throws StartException if no receipt comes in time; the command stands
   */
  public PersonReceipt send(String person, CommandKind kind, long cutoffMillis) {
    return trySend(person, kind, cutoffMillis).orElseThrow(() -> late(Topics.PERSON_COMMANDS));
  }

  /**
   * As {@link #send}, for whom no receipt yet is an answer, too.
   *
   * @return empty if none comes in time; the command stands
   * @throws StartException if the broker does not take the command
   */
  public Optional<PersonReceipt> trySend(String person, CommandKind kind, long cutoffMillis) {
    return trySend(person, kind, cutoffMillis, false, null, false);
  }

  /**
   * Forgets whatever has come of a person by now, also frames whose time of ingest is ahead.
   *
   * @param nowMillis the least cut-off; the receipt has the one that came of it
   * @return empty if no receipt comes in time; the command stands
   */
  public Optional<PersonReceipt> tryForget(String person, long nowMillis) {
    return trySend(person, CommandKind.FORGET, nowMillis, true, null, false);
  }

  /** As {@link #tryForget}, for those to whom no receipt is an error. */
  public PersonReceipt forget(String person, long nowMillis) {
    return tryForget(person, nowMillis).orElseThrow(() -> late(Topics.PERSON_COMMANDS));
  }

  /**
   * Blocks a person's frames, or takes that back.
   *
   * @param consent reference whose frames are meant; null for all of the person
   * @return empty if no receipt comes in time; the command stands
   */
  public Optional<PersonReceipt> tryBlock(
      String person, @Nullable String consent, boolean isBlocked) {
    CommandKind kind = isBlocked ? CommandKind.BLOCK : CommandKind.UNBLOCK;
    return trySend(person, kind, 0, false, consent, false);
  }

  /** As {@link #tryBlock}, for those to whom no receipt is an error. */
  public PersonReceipt block(String person, @Nullable String consent, boolean isBlocked) {
    return tryBlock(person, consent, isBlocked).orElseThrow(() -> late(Topics.PERSON_COMMANDS));
  }

  /**
   * Starts a new memory.
   *
   * @param keepTeachings whether what was taught goes over to it
   * @throws StartException if no receipt comes in time; the command stands
   */
  public PersonReceipt reset(String person, long nowMillis, boolean keepTeachings) {
    return trySend(person, CommandKind.RESET, nowMillis, false, null, keepTeachings)
        .orElseThrow(() -> late(Topics.PERSON_COMMANDS));
  }

  private Optional<PersonReceipt> trySend(
      String person,
      CommandKind kind,
      long cutoffMillis,
      boolean upToNow,
      @Nullable String consent,
      boolean keepTeachings) {
    String id = UUID.randomUUID().toString();
    PersonCommand command =
        new PersonCommand(id, person, kind, cutoffMillis, upToNow, consent, keepTeachings);
    return trySend(
        Topics.PERSON_COMMANDS, person, id, commands.encode(Topics.PERSON_COMMANDS, command));
  }

  /**
   * Sends an exported memory.
   *
   * @return the receipt, with a problem where the memory does not fit
   * @throws StartException if no receipt comes in time; the import stands
   */
  public PersonReceipt importMemory(String person, byte[] file) {
    String id = UUID.randomUUID().toString();
    MemoryImport sent = new MemoryImport(id, person, ByteBuffer.wrap(file));
    return trySend(Topics.MEMORY_IMPORTS, person, id, imports.encode(Topics.MEMORY_IMPORTS, sent))
        .orElseThrow(() -> late(Topics.MEMORY_IMPORTS));
  }

  /**
   * Teaches a person's memory, or takes a teaching back.
   *
   * @return empty if no receipt comes in time; the teaching stands
   * @throws StartException if the broker does not take it
   */
  public Optional<PersonReceipt> tryTeach(Teaching teaching) {
    return trySend(
        Topics.TEACHINGS,
        teaching.getPersonId(),
        teaching.getCommandId(),
        teachings.encode(Topics.TEACHINGS, teaching));
  }

  /** As {@link #tryTeach}, for those to whom no receipt is an error. */
  public PersonReceipt teach(Teaching teaching) {
    return tryTeach(teaching).orElseThrow(() -> late(Topics.TEACHINGS));
  }

  private StartException late(String topic) {
    return new StartException(
        "no receipt within %d s: is a topology running, and do its frames get their seeds (a reset"
                .formatted(patience.toSeconds())
            + ", an import and a teaching wait for the frames before them)? The command stands on "
            + topic
            + " and will be carried out; --timeout waits longer");
  }

  private Optional<PersonReceipt> trySend(String topic, String person, String id, byte[] value) {
    try {
      producer.send(new ProducerRecord<>(topic, PersonKey.bytes(person), value)).get();
    } catch (ExecutionException e) {
      throw new StartException(
          "the broker did not take the command: " + StartException.rootOf(e).getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while the command was sent", e);
    }
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < patience.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (receipts.decode(Topics.PERSON_RECEIPTS, record.value())
                instanceof Decoded.Value<PersonReceipt> receipt
            && receipt.value().getCommandId().equals(id)) {
          return Optional.of(receipt.value());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      producer.close();
    } finally {
      consumer.close();
    }
  }
}
