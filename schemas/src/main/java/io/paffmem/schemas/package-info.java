/**
 * The contract between the stages: what travels on which topic, and how it is written.
 *
 * <p>Records are generated from {@code src/main/avro} into {@code io.paffmem.schemas.avro}. Values
 * travel in Confluent's wire format (a zero byte, the schema's id as a big-endian int, then Avro
 * binary), one subject a topic, {@code <topic>-value}, evolving BACKWARD. Keys are the UTF-8 bytes
 * of personId, partitioned by murmur2 ({@link PersonKey}). The Kafka timestamp is the time of
 * ingest, passed on unchanged.
 */
@NullMarked
package io.paffmem.schemas;

import org.jspecify.annotations.NullMarked;
