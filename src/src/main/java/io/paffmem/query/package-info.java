/**
 * A person's whole memory on request, wherever in the cluster it lives. {@link
 * io.paffmem.query.MemoryRoutes} answers by HTTP on an instance of the topology, and asks the
 * instance that has the person where that is another one; {@link io.paffmem.query.Memories} is how
 * everybody else asks: {@link io.paffmem.query.LocalMemories} the stream in the same process,
 * {@link io.paffmem.query.RemoteMemories} any instance.
 */
@NullMarked
package io.paffmem.query;

import org.jspecify.annotations.NullMarked;
