/** The dashboard on a real broker, and its page in a real browser. */
@NullMarked
package io.paffmem.dashboard;

import org.jspecify.annotations.NullMarked;
