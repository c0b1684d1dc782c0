/**
 * One task of the stream: what Kafka Streams hands to it, and what it hands back.
 *
 * <p>{@link io.paffmem.topology.task.RecognizeEmotion} is the processor; {@code EmotionTask} checks
 * a record ({@code InputCheck}), lets the rules act on its person, and writes what they have to say
 * ({@code RecordOutbox}). Other threads ask for memories through {@link
 * io.paffmem.topology.task.MemoryQueries}, between two records ({@link
 * io.paffmem.topology.task.Turns}).
 */
@NullMarked
package io.paffmem.topology.task;

import org.jspecify.annotations.NullMarked;
