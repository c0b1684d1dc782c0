/**
 * A person's memory as the dashboard shows it: {@link io.paffmem.dashboard.memory.PersonMemories}
 * is the port, {@link io.paffmem.dashboard.memory.MemoryView} what comes through it.
 */
@NullMarked
package io.paffmem.dashboard.memory;

import org.jspecify.annotations.NullMarked;
