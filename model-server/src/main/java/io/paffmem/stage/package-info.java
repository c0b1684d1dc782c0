/**
 * The model server's two Kafka stages: <em>encode</em> turns frames into embeddings,
 * <em>imagine</em> answers seed requests with faces of the same person with other expressions.
 *
 * <p>{@link io.paffmem.stage.ModelServer} is the way in. A {@code BatchStage} ({@code EncodeStage},
 * {@code ImagineStage}) turns records into records and knows no Kafka client. A {@code
 * TransactionalWorker} polls records, lets the stage handle them, and commits its output with the
 * offsets in one Kafka transaction, so each record is handled exactly once. Nothing is kept between
 * batches, so any instance may take any partition at any time.
 */
@NullMarked
package io.paffmem.stage;

import org.jspecify.annotations.NullMarked;
