package io.paffmem.stage;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/**
 * What a failure of Kafka's clients asks for. A transactional producer wraps the first fault in
 * whatever call comes next, so the causes are looked at too.
 */
final class ClientFaults {
  private ClientFaults() {}

  /** Another producer has taken the transactional id over. */
  static boolean isFenced(Throwable failure) {
    return isCausedBy(failure, ProducerFencedException.class);
  }

  static boolean isRecordTooLarge(Throwable failure) {
    return isCausedBy(failure, RecordTooLargeException.class);
  }

  /** Only people can mend it: no right, no such protocol, a setting that contradicts. */
  static boolean isFatal(Throwable failure) {
    return isCausedBy(failure, InvalidConfigurationException.class)
        || isCausedBy(failure, ConfigException.class)
        || isCausedBy(failure, InconsistentGroupProtocolException.class)
        || isCausedBy(failure, InvalidGroupIdException.class);
  }

  /** Part of the ordinary life of a cluster: a broker away, a rebalance, a time-out. */
  static boolean isPassing(Throwable failure) {
    return isCausedBy(failure, RetriableException.class)
        || isCausedBy(failure, TransactionAbortableException.class)
        || isCausedBy(failure, ApplicationRecoverableException.class)
        || isCausedBy(failure, CommitFailedException.class);
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
