/**
 * How fast the PK is beside what the machine multiplies and beside a peer: {@link
 * io.paffmem.bench.EncoderRates}. The peer is a service, so that only who measures needs it on the
 * class path. And what a memory costs: {@link io.paffmem.bench.MemoryRates}, on {@link
 * io.paffmem.bench.MadeMemory}. And what a gateway passes on: {@link
 * io.paffmem.bench.GatewayRates}, by feeds that share no code with it.
 */
@NullMarked
package io.paffmem.bench;

import org.jspecify.annotations.NullMarked;
