package io.paffmem.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Frame;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FramePublisherTest {
  private static final long NOW = 1_700_000_000_123L;
  private static final byte[] IMAGE = {1, 2, 3};

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final FramePublisher publisher =
      new FramePublisher(producer, serdes, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

  @AfterEach
  void closeSerdes() {
    serdes.close();
  }

  @Test
  void publish_aFrame_isKeyedByPersonAndStampedWithTheTimeOfIngest() {
    FrameStream stream = publisher.stream("Zoë", "call-7");

    stream.publish(41, 1234, IMAGE, new Affect(0.5f, -0.25f));

    ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
    assertThat(sent.topic()).isEqualTo(Topics.FRAMES);
    assertThat(sent.partition()).isNull();
    assertThat(sent.key()).isEqualTo("Zoë".getBytes(UTF_8));
    assertThat(sent.timestamp()).isEqualTo(NOW);
    Frame frame = decode(sent);
    assertThat(frame.getIdentity().getPersonId()).isEqualTo("Zoë");
    assertThat(frame.getIdentity().getStreamId()).isEqualTo("call-7");
    assertThat(frame.getIdentity().getSequence()).isEqualTo(41);
    assertThat(frame.getCapturedAtMillis()).isEqualTo(1234);
    assertThat(frame.getImage()).isEqualTo(ByteBuffer.wrap(IMAGE));
    assertThat(frame.getFaceBox()).isNull();
    assertThat(frame.getLabel()).isEqualTo(new Affect(0.5f, -0.25f));
  }

  @Test
  void publish_declared_headersSayWhatFor_elseThereAreNone() {
    new FramePublisher(producer, serdes, Clock.systemUTC(), "medical", "book 7")
        .stream("p", "s").publish(0, 0, IMAGE, null);
    publisher.stream("q", "s").publish(0, 0, IMAGE, null);

    Headers declared = producer.history().get(0).headers();
    assertThat(declared.lastHeader(FrameHeaders.PURPOSE).value())
        .isEqualTo("medical".getBytes(UTF_8));
    assertThat(declared.lastHeader(FrameHeaders.CONSENT).value())
        .isEqualTo("book 7".getBytes(UTF_8));
    assertThat(producer.history().get(1).headers()).isEmpty();
  }

  @Test
  void publish_withoutLabel_hasNone() {
    publisher.stream("p", "s").publish(0, 0, IMAGE, null);

    assertThat(decode(producer.history().get(0)).getLabel()).isNull();
  }

  @Test
  void counters_asTheBrokerConfirms_follow() {
    FrameStream stream = publisher.stream("p", "s");
    stream.publish(0, 0, IMAGE, null);
    stream.publish(1, 0, IMAGE, null);

    assertThat(publisher.published()).isEqualTo(2);
    assertThat(publisher.acknowledged()).isZero();

    producer.completeNext();
    assertThat(publisher.acknowledged()).isEqualTo(1);

    stream.flush();
    assertThat(publisher.acknowledged()).isEqualTo(2);
  }

  @Test
  void publish_sequenceDoesNotGrow_isRefused() {
    FrameStream stream = publisher.stream("p", "s");
    stream.publish(5, 0, IMAGE, null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream.publish(5, 0, IMAGE, null))
        .withMessage("sequence 5 does not come after 5 of the same stream");
    assertThatIllegalArgumentException().isThrownBy(() -> stream.publish(4, 0, IMAGE, null));
    stream.publish(9, 0, IMAGE, null);
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void publish_negativeSequenceOrNoImage_isRefused() {
    FrameStream stream = publisher.stream("p", "s");

    assertThatIllegalArgumentException().isThrownBy(() -> stream.publish(-1, 0, IMAGE, null));
    assertThatIllegalArgumentException().isThrownBy(() -> stream.publish(0, 0, new byte[0], null));
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void stream_nameEmptyOrTooLong_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> publisher.stream("", "s"))
        .withMessage("personId has 0 characters; allowed are 1 to 256");
    assertThatIllegalArgumentException().isThrownBy(() -> publisher.stream("x".repeat(257), "s"));
    assertThatIllegalArgumentException().isThrownBy(() -> publisher.stream("p", ""));
    assertThatCode(() -> publisher.stream("x".repeat(256), "s")).doesNotThrowAnyException();
  }

  @Test
  void publish_afterAFailedOne_throwsItsReasonAndSendsNothing() {
    FrameStream stream = publisher.stream("p", "s");
    stream.publish(0, 0, IMAGE, null);
    producer.errorNext(new TimeoutException("expired after 60000 ms"));

    assertThatThrownBy(() -> stream.publish(1, 0, IMAGE, null))
        .isInstanceOf(FramePublishException.class)
        .hasMessageContaining("frames: expired after 60000 ms; check that the broker");
    assertThat(producer.history()).hasSize(1);
    assertThat(publisher.published()).isEqualTo(1);
  }

  @Test
  void flush_afterAFailure_throwsIt() {
    publisher.stream("p", "s").publish(0, 0, IMAGE, null);
    producer.errorNext(new RecordTooLargeException("5000000 bytes"));

    assertThatThrownBy(publisher::flush)
        .isInstanceOf(FramePublishException.class)
        .hasMessageContaining("publish a smaller picture");
  }

  @Test
  void publish_refusedAtOnce_isNotCounted() {
    producer.sendException = new TimeoutException("no metadata");

    assertThatThrownBy(() -> publisher.stream("p", "s").publish(0, 0, IMAGE, null))
        .isInstanceOf(FramePublishException.class)
        .hasMessageContaining("no metadata");
    assertThat(publisher.published()).isZero();
  }

  @Test
  void close_failureNobodyHeardOf_isThrown() {
    publisher.stream("p", "s").publish(0, 0, IMAGE, null);
    producer.errorNext(new TimeoutException("gone"));

    assertThatThrownBy(publisher::close).isInstanceOf(FramePublishException.class);
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void close_failureAlreadyThrown_isQuiet() {
    publisher.stream("p", "s").publish(0, 0, IMAGE, null);
    producer.errorNext(new TimeoutException("gone"));
    assertThatThrownBy(publisher::flush).isInstanceOf(FramePublishException.class);

    assertThatCode(publisher::close).doesNotThrowAnyException();
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void close_interruptedThread_closesAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    publisher.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void settings_ofTheCaller_goBeforeOursButNotBeforeDelivery() {
    Map<String, Object> settings =
        FramePublisher.settings(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "localhost:1",
                ProducerConfig.LINGER_MS_CONFIG,
                50,
                ProducerConfig.ACKS_CONFIG,
                "0",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                false));

    assertThat(settings)
        .containsEntry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1")
        .containsEntry(ProducerConfig.LINGER_MS_CONFIG, 50)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
        .containsEntry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 * 1024 * 1024);
  }

  @Test
  void connect_uselessAddress_saysWhy() {
    assertThatThrownBy(
            () ->
                FramePublisher.connect(
                    Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "no-port"),
                    serdes,
                    Clock.systemUTC()))
        .isInstanceOf(FramePublishException.class)
        .hasMessageContaining("no-port");
  }

  private Frame decode(ProducerRecord<byte[], byte[]> sent) {
    Decoded<Frame> decoded = serdes.of(Frame.class).decode(Topics.FRAMES, sent.value());
    assertThat(decoded).isInstanceOf(Decoded.Value.class);
    return ((Decoded.Value<Frame>) decoded).value();
  }
}
