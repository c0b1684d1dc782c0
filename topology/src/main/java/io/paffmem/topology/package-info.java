/**
 * The stream: embeddings, seeds and commands in, emotions out, one affective memory a person.
 *
 * <p>One processor over one persistent store. Per person it is a pure function of its inputs: their
 * frames with the resets and imports at the places where these are read among them, their seeds,
 * and cut-offs. Events and memory do not depend on how seeds interleave with the others, on
 * restarts or on the clock. {@link io.paffmem.topology.EmotionTopology} is the topology as a value;
 * {@link io.paffmem.topology.AffectiveStream} runs it, as {@link
 * io.paffmem.topology.StreamSettings} say.
 *
 * <p>The parts, each of which knows those before it: {@code config} and {@code metrics}; {@code
 * person}, one person without Kafka and without bytes; {@code format}, what is stored as bytes;
 * {@code rules}, what a record does to a person; {@code store}, persons as rows; {@code task}, what
 * Kafka Streams calls. A newcomer's frames ask for seeds and wait, in order ({@code
 * person.Waiting}); answers are kept by the frame that they belong to ({@code
 * person.SeedOutcomes}); the rules bring both together; a person is kept as many small rows.
 */
@NullMarked
package io.paffmem.topology;

import org.jspecify.annotations.NullMarked;
