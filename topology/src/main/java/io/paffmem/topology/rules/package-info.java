/**
 * What a record does to a person: the rules, and the ports through which they act. They know
 * neither Kafka nor how a person is stored, except for the file of an exported memory ({@link
 * io.paffmem.topology.format.MemoryFile}), which an import brings.
 *
 * <p>{@link io.paffmem.topology.rules.PersonRules} is the way in. {@code FrameRules}, {@code
 * SeedRules} and {@code CommandRules} take what comes; {@code QueueRules} goes on with what waits
 * and {@code TurnRules} with its head; {@code ResetRules}, {@code ModelRules} and {@code
 * RefusalRules} say when a memory ends, of which model it is, and who is refused seeds. What they
 * have to say goes into the {@link io.paffmem.topology.rules.Outbox}.
 */
@NullMarked
package io.paffmem.topology.rules;

import org.jspecify.annotations.NullMarked;
