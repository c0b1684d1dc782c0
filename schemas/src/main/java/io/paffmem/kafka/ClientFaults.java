package io.paffmem.kafka;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;

/**
 * What a failure of Kafka's clients asks for. A transactional producer wraps the first fault in
 * whatever call comes next, so the causes are looked at too.
 */
public final class ClientFaults {
  /** Rights, versions, topics' names and the like are kinds of the first. */
  private static final List<Class<? extends Throwable>> FATAL =
      List.of(
          InvalidConfigurationException.class,
          ConfigException.class,
          InconsistentGroupProtocolException.class,
          InvalidGroupIdException.class,
          GroupMaxSizeReachedException.class,
          InvalidSessionTimeoutException.class,
          InvalidTxnTimeoutException.class,
          PolicyViolationException.class,
          SecurityDisabledException.class,
          UnsupportedCompressionTypeException.class);

  private ClientFaults() {}

  /** Another producer has taken the transactional id over. */
  public static boolean isFenced(Throwable failure) {
    return isCausedBy(failure, ProducerFencedException.class);
  }

  /** A record is larger than the client or the topic allows. */
  public static boolean isRecordTooLarge(Throwable failure) {
    return isCausedBy(failure, RecordTooLargeException.class);
  }

  /** Only people can mend it: no right, no such protocol, a setting that contradicts. */
  public static boolean isFatal(Throwable failure) {
    return FATAL.stream().anyMatch(type -> isCausedBy(failure, type));
  }

  /** Part of the ordinary life of a cluster: a broker away, a rebalance, a time-out. */
  public static boolean isPassing(Throwable failure) {
    return isCausedBy(failure, RetriableException.class)
        || isCausedBy(failure, TransactionAbortableException.class)
        || isCausedBy(failure, ApplicationRecoverableException.class)
        || isCausedBy(failure, CommitFailedException.class);
  }

  /**
   * What says that the same call may succeed later: a broker or a schema registry is away, a
   * time-out. Empty if nothing does.
   */
  public static Optional<RetriableException> retriable(Throwable failure) {
    return cause(failure, RetriableException.class);
  }

  /**
   * Why Kafka refuses a client's settings. Its own message says only that it failed; the reason is
   * one level down.
   */
  public static Throwable reason(KafkaException refusal) {
    return refusal.getCause() == null ? refusal : refusal.getCause();
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    return cause(failure, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
