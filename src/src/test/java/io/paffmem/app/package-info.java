/** Tests of the entry point, of its settings, and of what commands say to bad input. */
@NullMarked
package io.paffmem.app;

import org.jspecify.annotations.NullMarked;
