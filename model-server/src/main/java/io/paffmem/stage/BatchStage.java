package io.paffmem.stage;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A stage as a function: records in, records out, no effect besides. The same records may be handed
 * over again after a failure. Belongs to one worker, so it need not be thread-safe.
 */
interface BatchStage {
  /** Short name, as it stands in dead letters and logs, e.g. {@code encode}. */
  String name();

  /** The topic it reads. */
  String inputTopic();

  /**
   * Handles a batch. Bad records become dead letters in the result.
   *
   * @throws org.apache.kafka.common.errors.RetriableException where something outside (the schema
   *     registry) does not answer now: the batch is tried again
   * @throws org.apache.kafka.common.KafkaException where the fault lies outside the batch: it is
   *     tried again some times, and then the worker stops
   * @throws RuntimeException for anything else: the worker looks for the record to blame
   */
  StageOutput handle(List<ConsumerRecord<byte[], byte[]>> batch);

  /** What to send for a record that {@link #handle} cannot survive, even alone. */
  StageOutput giveUp(ConsumerRecord<byte[], byte[]> record);
}
