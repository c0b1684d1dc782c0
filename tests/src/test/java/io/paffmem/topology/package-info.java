/** The memory's stream on a real broker, over several processes. */
@NullMarked
package io.paffmem.topology;

import org.jspecify.annotations.NullMarked;
