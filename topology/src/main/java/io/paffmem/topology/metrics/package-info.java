/** What the stream counts and measures, for all of its parts. */
@NullMarked
package io.paffmem.topology.metrics;

import org.jspecify.annotations.NullMarked;
