/** Whole runs on a real broker with the PK in the box. */
@NullMarked
package io.paffmem.chain;

import org.jspecify.annotations.NullMarked;
