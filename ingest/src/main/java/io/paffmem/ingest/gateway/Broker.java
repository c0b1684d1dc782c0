package io.paffmem.ingest.gateway;

import io.paffmem.ingest.publish.LivePublisher;
import io.paffmem.kafka.BrokerWatch;
import java.util.Optional;

/** Whether frames have somewhere to go. */
interface Broker extends AutoCloseable {
  /** Why they have not, now; empty if they have. */
  Optional<String> problem();

  @Override
  void close();

  /**
   * Those of a watch, which is closed with it, and until the publisher has heard of the topic.
   *
   * @param publisher stays the caller's to close
   */
  static Broker of(BrokerWatch watch, LivePublisher publisher) {
    return new Broker() {
      @Override
      public Optional<String> problem() {
        return watch
            .problem()
            .or(
                () ->
                    publisher.isReady()
                        ? Optional.empty()
                        : Optional.of("the broker has not told the publisher of the topic yet"));
      }

      @Override
      public void close() {
        watch.close();
      }
    };
  }
}
