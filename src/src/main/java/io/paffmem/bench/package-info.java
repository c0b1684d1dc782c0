/**
 * How fast the PK is beside what the machine multiplies and beside a peer: {@link
 * io.paffmem.bench.EncoderRates}. The peer is a service, so that only who measures needs it on the
 * class path.
 */
@NullMarked
package io.paffmem.bench;

import org.jspecify.annotations.NullMarked;
