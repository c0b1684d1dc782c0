/**
 * How fast the parts are: {@link io.paffmem.bench.EncoderRates} the PK beside what the machine
 * multiplies and beside a peer, {@link io.paffmem.bench.MemoryRates} the memory, on {@link
 * io.paffmem.bench.MadeMemory}, {@link io.paffmem.bench.GatewayRates} the gateway, by feeds that
 * share no code with it, {@link io.paffmem.bench.DashboardRates} the dashboard. None of it is in
 * the application.
 */
@NullMarked
package io.paffmem.bench;

import org.jspecify.annotations.NullMarked;
