/**
 * What is stored, as bytes: the keys of rows ({@link io.paffmem.topology.format.RowKeys}), a class
 * for each kind of row that writes and reads it, and {@link io.paffmem.topology.format.MemoryFile},
 * one memory as a file. {@code RowFormat} is what all rows have in common: one version for all of
 * them, and the checksum.
 */
@NullMarked
package io.paffmem.topology.format;

import org.jspecify.annotations.NullMarked;
