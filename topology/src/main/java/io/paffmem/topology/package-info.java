/**
 * The stream: embeddings, seeds and commands in, emotions out, one affective memory a person.
 *
 * <p>One processor over one persistent store. Per person it is a pure function of its inputs: their
 * frames with the resets and imports at the places where these are read among them, their seeds,
 * and cut-offs. Events and memory do not depend on how seeds interleave with the others, on
 * restarts or on the clock. {@link io.paffmem.topology.EmotionTopology} is the way in; {@link
 * io.paffmem.topology.AffectiveStream} runs it.
 *
 * <p>A newcomer's frames ask for seeds and wait, in order ({@code WaitingQueue}); answers are kept
 * by the frame that they belong to ({@code SeedOutcomes}); {@code PersonFlow} is the rule book that
 * brings both together; {@code PersonStore} keeps a person as many small rows. From outside, {@link
 * io.paffmem.topology.AffectiveStream#memory} asks a running task for a memory, {@link
 * io.paffmem.topology.MemoryReader} reads what was committed, and {@link
 * io.paffmem.topology.MemoryFile} is one memory as a file.
 */
@NullMarked
package io.paffmem.topology;

import org.jspecify.annotations.NullMarked;
