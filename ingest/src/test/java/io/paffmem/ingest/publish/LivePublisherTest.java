package io.paffmem.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LivePublisherTest {
  private static final long NOW = 1_700_000_000_123L;

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final LivePublisher publisher =
      new LivePublisher(producer, serdes, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  private final List<String> known = new ArrayList<>();

  @AfterEach
  void closeSerdes() {
    serdes.close();
  }

  @Test
  void publish_declarations_areHeadersAndNothingElseIs() {
    publish(1, "medical", "form 12");
    publish(2, null, null);

    ProducerRecord<byte[], byte[]> declared = producer.history().get(0);
    assertThat(declared.topic()).isEqualTo(Topics.FRAMES);
    assertThat(declared.key()).isEqualTo("ann".getBytes(UTF_8));
    assertThat(declared.timestamp()).isEqualTo(NOW);
    assertThat(FrameHeaders.hasConsent(declared.headers())).isTrue();
    assertThat(declared.headers().lastHeader(FrameHeaders.PURPOSE).value())
        .isEqualTo("medical".getBytes(UTF_8));
    assertThat(producer.history().get(1).headers()).isEmpty();
    assertThat(FrameHeaders.hasConsent(producer.history().get(1).headers())).isFalse();
  }

  @Test
  void publish_oneFails_isToldAndTheNextOnesGoOn() {
    publish(1, null, null);
    publish(2, null, null);
    assertThat(known).isEmpty();

    producer.errorNext(new TimeoutException("too long"));
    producer.completeNext();
    publish(3, null, null);
    producer.completeNext();

    assertThat(known).containsExactly("1 too long", "2 written", "3 written");
  }

  @Test
  void publish_clientRefusesAtOnce_isTold() {
    producer.sendException = new TimeoutException("no metadata");

    publish(1, null, null);

    assertThat(known).containsExactly("1 no metadata");
  }

  @Test
  void publish_closed_isTold() {
    publisher.close(Duration.ZERO);

    publish(1, null, null);

    assertThat(known).singleElement().asString().startsWith("1 ").contains("closed");
  }

  private void publish(long sequence, @Nullable String purpose, @Nullable String consent) {
    Frame frame =
        Frame.newBuilder()
            .setIdentity(new FrameIdentity("ann", "s", sequence))
            .setCapturedAtMillis(0)
            .setImage(ByteBuffer.wrap(new byte[] {1}))
            .build();
    publisher.publish(
        frame,
        purpose,
        consent,
        failure ->
            known.add(sequence + " " + (failure == null ? "written" : failure.getMessage())));
  }
}
