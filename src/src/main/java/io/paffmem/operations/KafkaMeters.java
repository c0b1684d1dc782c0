package io.paffmem.operations;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/** Probe: all. */
final class KafkaMeters implements MeterFilter {
  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return MeterFilterReply.NEUTRAL;
  }
}
