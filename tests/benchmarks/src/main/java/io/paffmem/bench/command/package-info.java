/** The commands {@code ./paffmem bench ...}: {@link io.paffmem.bench.command.BenchCommand}. */
@NullMarked
package io.paffmem.bench.command;

import org.jspecify.annotations.NullMarked;
