package io.paffmem.broker;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's server ends the JVM when it meets a fatal fault, which is right for a process of its own
 * and wrong inside another's. From the first embedded broker on, it only says so in the log: its
 * clients then see a broker that does not answer.
 */
final class KafkaExits {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private KafkaExits() {}

  static void disarm() {
    // Returns where Kafka expects no return: its callers then unwind, and release what they hold.
    Exit.setExitProcedure(KafkaExits::refuse);
    Exit.setHaltProcedure(KafkaExits::refuse);
  }

  private static void refuse(int status, @Nullable String message) {
    log.error(
        "the embedded broker met a fatal fault (status {}){}",
        status,
        message == null ? "" : ": " + message);
  }
}
