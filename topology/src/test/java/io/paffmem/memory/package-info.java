/** The laws of the affective memory, one a test. */
@NullMarked
package io.paffmem.memory;

import org.jspecify.annotations.NullMarked;
