/**
 * Whether everything comes through bad days: stages in processes of their own are killed and
 * paused, the broker is stopped, and a publisher and a judge that know nothing but topics, keys and
 * schemas count what became of every frame.
 */
@NullMarked
package io.paffmem.bench.faults;

import org.jspecify.annotations.NullMarked;
