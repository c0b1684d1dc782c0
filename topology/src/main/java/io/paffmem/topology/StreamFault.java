package io.paffmem.topology;

import io.paffmem.kafka.ClientFaults;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.BrokerNotAvailableException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.MisconfiguredInternalTopicException;
import org.apache.kafka.streams.errors.MissingInternalTopicsException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TopologyException;

/** What heals a fault that ended a stream thread. */
enum StreamFault {
  /**
   * Something is away that comes back: a broker, a registry, a topic, room on a disk. However long
   * it takes.
   */
  AWAY,

  /**
   * A state that a thread shares with the broker, or with its own store, is broken. A fresh thread
   * has fresh clients and opens the store again.
   */
  BROKEN,

  /** Only people can mend it: a right, a setting, a schema that the registry refuses, a bug. */
  LASTING;

  /** Kafka's exceptions that come back, but for those that it calls retriable. */
  private static final List<Class<? extends KafkaException>> COME_BACK =
      List.of(
          MissingSourceTopicException.class,
          BrokerNotAvailableException.class,
          RebalanceInProgressException.class);

  /** Those that last, but for those that {@link ClientFaults#isFatal} knows. */
  private static final List<Class<? extends KafkaException>> LAST =
      List.of(
          MissingInternalTopicsException.class,
          MisconfiguredInternalTopicException.class,
          TopologyException.class,
          SerializationException.class);

  /** What the operating system, Java and RocksDB say of a disk that is full (ENOSPC, EDQUOT). */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded");

  /** What was thrown because a disk is full; empty if it is not that. */
  static Optional<Throwable> diskFull(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause.getCause() == null && FULL.stream().anyMatch(message::contains)) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  /** The kind of a fault. Kafka wraps what happened, so the innermost cause counts. */
  static StreamFault of(Throwable thrown) {
    if (diskFull(thrown).isPresent()) {
      return AWAY;
    }
    KafkaException innermost = null;
    boolean causedByOther = false;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof KafkaException kafka) {
        innermost = kafka;
        causedByOther = false;
      } else {
        causedByOther = true;
      }
    }
    if (innermost == null) {
      return LASTING;
    }
    if (innermost instanceof InvalidReplicationFactorException) {
      return BROKEN; // Too few brokers for a new topic: some may be starting.
    }
    if (ClientFaults.isFatal(thrown)
        || ClientFaults.isRecordTooLarge(thrown)
        || isOneOf(LAST, innermost)) {
      return LASTING;
    }
    if (ClientFaults.retriable(thrown).isPresent() || isOneOf(COME_BACK, innermost)) {
      return AWAY;
    }
    return causedByOther && wrapsOurs(innermost) ? LASTING : BROKEN;
  }

  /** Whether Kafka Streams puts what our own code throws into one of these. */
  private static boolean wrapsOurs(KafkaException wrapper) {
    return wrapper instanceof StreamsException && !(wrapper instanceof ProcessorStateException);
  }

  private static boolean isOneOf(
      List<Class<? extends KafkaException>> types, KafkaException thrown) {
    return types.stream().anyMatch(type -> type.isInstance(thrown));
  }
}
