/**
 * The model server's two Kafka stages: <em>encode</em> turns frames into embeddings,
 * <em>imagine</em> answers seed requests with faces of the same person in other states.
 *
 * <p>{@link io.paffmem.stage.ModelServer} is the way in. A stage ({@code EncodeStage}, {@code
 * ImagineStage}) is a function from records to records and knows nothing of clients; a {@code
 * TransactionalWorker} runs it exactly once over every record, in Kafka transactions. Nothing is
 * kept between batches, so any instance may take any partition at any time.
 */
@NullMarked
package io.paffmem.stage;

import org.jspecify.annotations.NullMarked;
