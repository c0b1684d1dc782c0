package io.paffmem.ingest.gateway;

import io.paffmem.ingest.publish.BrokerWatch;
import java.util.Optional;

/** Whether frames have somewhere to go. */
interface Broker extends AutoCloseable {
  /** Why they have not, now; empty if they have. */
  Optional<String> problem();

  @Override
  void close();

  /** Those of a watch, which is closed with it. */
  static Broker of(BrokerWatch watch) {
    return new Broker() {
      @Override
      public Optional<String> problem() {
        return watch.problem();
      }

      @Override
      public void close() {
        watch.close();
      }
    };
  }
}
