/** Commands that measure a PK and the memory on top of it: {@code evaluate} and {@code search}. */
@NullMarked
package io.paffmem.app.evaluate;

import org.jspecify.annotations.NullMarked;
