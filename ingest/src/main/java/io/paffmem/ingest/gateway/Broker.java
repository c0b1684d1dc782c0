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
   * Those of a watch, and until the publisher has heard of the topic and it is known who is
   * blocked.
   *
   * @param watch closed with it, as {@code blocked} is
   * @param publisher stays the caller's to close
   */
  static Broker of(BrokerWatch watch, LivePublisher publisher, BlockedPeople blocked) {
    return new Broker() {
      @Override
      public Optional<String> problem() {
        return watch
            .problem()
            .or(
                () ->
                    publisher.isReady()
                        ? Optional.empty()
                        : Optional.of("the broker has not told the publisher of the topic yet"))
            .or(blocked::problem);
      }

      @Override
      public void close() {
        watch.close();
        blocked.close();
      }
    };
  }
}
