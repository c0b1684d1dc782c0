/**
 * One person as a task knows them, without Kafka and without bytes.
 *
 * <p>{@link io.paffmem.topology.person.Person} holds the memory, the queue of frames that wait
 * ({@link io.paffmem.topology.person.Waiting}), what came of the seed requests ({@link
 * io.paffmem.topology.person.SeedOutcomes}) and the windows of the streams. Whatever changes is
 * written through the port {@link io.paffmem.topology.person.PersonRows}.
 */
@NullMarked
package io.paffmem.topology.person;

import org.jspecify.annotations.NullMarked;
