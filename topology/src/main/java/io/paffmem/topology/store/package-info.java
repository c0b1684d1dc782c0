/**
 * Persons as rows, in the store of a task and in its changelog.
 *
 * <p>{@link io.paffmem.topology.store.PersonStore} is the task's: {@code PersonLoader} loads,
 * {@code WrittenRows} saves, {@code SilentPersons} finds whom nobody sees. From outside, {@link
 * io.paffmem.topology.store.MemoryReader} reads what was committed and {@link
 * io.paffmem.topology.store.BulkLoader} writes memories for a new cluster. What a whole memory is,
 * {@code PersonReader} says to all of them. {@link io.paffmem.topology.store.PersonCache} keeps
 * persons decoded.
 */
@NullMarked
package io.paffmem.topology.store;

import org.jspecify.annotations.NullMarked;
