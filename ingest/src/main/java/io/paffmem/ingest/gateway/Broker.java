package io.paffmem.ingest.gateway;

/** Whether frames have somewhere to go. */
interface Broker extends AutoCloseable {
  boolean answers();

  @Override
  void close();
}
