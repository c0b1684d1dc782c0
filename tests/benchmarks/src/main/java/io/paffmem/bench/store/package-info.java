/**
 * What keeping many memories costs: {@link io.paffmem.bench.store.StoreRates}. The stream runs in
 * processes of its own, so that its memory and its processor time are told apart from the broker's.
 */
@NullMarked
package io.paffmem.bench.store;

import org.jspecify.annotations.NullMarked;
