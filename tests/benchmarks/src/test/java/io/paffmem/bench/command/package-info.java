/** Tests of the commands that measure. */
@NullMarked
package io.paffmem.bench.command;

import org.jspecify.annotations.NullMarked;
