package io.paffmem.stage;

import io.paffmem.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Answers a record with its own value, after a look at it that may throw. */
final class EchoStage implements BatchStage {
  /** Offsets of each batch handed over, in order. */
  final List<List<Long>> handed = new ArrayList<>();

  private final Consumer<ConsumerRecord<byte[], byte[]>> look;

  EchoStage() {
    this(record -> {});
  }

  EchoStage(Consumer<ConsumerRecord<byte[], byte[]>> look) {
    this.look = look;
  }

  static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public String inputTopic() {
    return Topics.FRAMES;
  }

  @Override
  public StageOutput handle(List<ConsumerRecord<byte[], byte[]>> batch) {
    handed.add(batch.stream().map(ConsumerRecord::offset).toList());
    StageOutput output = new StageOutput();
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      look.accept(record);
      if (text(record).equals("bad")) {
        output.deadLetter(record, name(), "bad");
      } else {
        output.answer(record, Topics.EMBEDDINGS, record.value());
      }
    }
    return output;
  }

  @Override
  public StageOutput giveUp(ConsumerRecord<byte[], byte[]> record) {
    StageOutput output = new StageOutput();
    output.deadLetter(record, name(), "internal_error");
    return output;
  }
}
