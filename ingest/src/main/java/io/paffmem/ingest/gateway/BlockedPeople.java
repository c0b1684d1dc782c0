package io.paffmem.ingest.gateway;

import io.paffmem.ingest.gateway.frames.Withdrawals;
import io.paffmem.schemas.BlockKey;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@link Topics#PERSON_BLOCKS} from its beginning, and goes on reading. The topology refuses
 * such frames, too; the gateway tells the feed. It cannot read blocks that are made with another
 * key than its own, so it is not ready while there are any.
 */
final class BlockedPeople implements Withdrawals, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockedPeople.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 1_000;
  private static final String OTHER_KEY =
      "people are blocked by another --secret than this gateway has, or by none, so it cannot tell"
          + " their feeds: give it the topology's; after a change of the secret, delete the topic "
          + Topics.PERSON_BLOCKS
          + ", make it again, and block them again";

  private final Map<String, Object> settings;
  private final PersonHasher hasher;
  private final Set<BlockKey> blocked = ConcurrentHashMap.newKeySet();
  private final Set<BlockKey> unreadable = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread reader = new Thread(this::run, "gateway-blocks");
  private volatile boolean isKnown;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> present;

  private BlockedPeople(Map<String, ?> client, PersonHasher hasher) {
    this.hasher = hasher;
    settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    settings.put("allow.auto.create.topics", false);
    settings.put("auto.offset.reset", "earliest");
  }

  /**
   * Begins to read.
   *
   * @param client settings of Kafka's clients
   * @param hasher of the topology's key
   */
  static BlockedPeople start(Map<String, ?> client, PersonHasher hasher) {
    BlockedPeople people = new BlockedPeople(client, hasher);
    people.reader.start();
    return people;
  }

  /** Why it is not known who is blocked; empty if it is. */
  Optional<String> problem() {
    if (!isKnown) {
      return Optional.of("it is not read yet whose frames are blocked");
    }
    return unreadable.isEmpty() ? Optional.empty() : Optional.of(OTHER_KEY);
  }

  @Override
  public boolean cover(String person, @Nullable String consent) {
    return blocked.contains(BlockKey.of(hasher, person, null))
        || (consent != null && blocked.contains(BlockKey.of(hasher, person, consent)));
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        present = consumer;
        read(consumer);
      } catch (WakeupException e) {
        return;
      } catch (KafkaException e) {
        LOG.warn("It cannot be read now whose frames are blocked: {}", e.toString());
        pause();
      } finally {
        present = null;
      }
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.PERSON_BLOCKS, ANSWER).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException("there is no topic " + Topics.PERSON_BLOCKS);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
    while (closing.getCount() > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      isKnown =
          isKnown
              || ends.entrySet().stream()
                  .allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    BlockKey key = BlockKey.of(record.key());
    if (key == null) {
      return;
    }
    if (record.value() == null) {
      blocked.remove(key);
      unreadable.remove(key);
    } else if (isOfKey(record.headers().lastHeader(BlockKey.HASH_KEY))) {
      blocked.add(key);
    } else if (unreadable.add(key) && unreadable.size() == 1) {
      LOG.error("Not ready: {}", OTHER_KEY);
    }
  }

  private boolean isOfKey(@Nullable Header header) {
    String key = header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    return key.equals(hasher.fingerprint());
  }

  private void pause() {
    try {
      var unused = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> reading = present;
    if (reading != null) {
      reading.wakeup();
    }
    try {
      reader.join(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
