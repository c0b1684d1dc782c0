package io.paffmem.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class ClientFaultsTest {
  @Test
  void retriable_timeOutWithinAnother_isThatTimeOut() {
    TimeoutException timeOut = new TimeoutException("away");

    assertThat(ClientFaults.retriable(wrapped(timeOut))).containsSame(timeOut);
    assertThat(ClientFaults.retriable(new AuthorizationException("no right"))).isEmpty();
  }

  @Test
  void isPassing_timeOutOrRebalance_butNoUnknownFault() {
    assertThat(ClientFaults.isPassing(wrapped(new TimeoutException("away")))).isTrue();
    assertThat(ClientFaults.isPassing(new CommitFailedException())).isTrue();
    assertThat(ClientFaults.isPassing(new IllegalStateException("a bug"))).isFalse();
  }

  @Test
  void isFatal_settingThatContradicts_butNoTimeOut() {
    assertThat(ClientFaults.isFatal(wrapped(new InvalidConfigurationException("acks")))).isTrue();
    assertThat(ClientFaults.isFatal(new ConfigException("acks"))).isTrue();
    assertThat(ClientFaults.isFatal(new TimeoutException("away"))).isFalse();
  }

  @Test
  void isFencedAndIsRecordTooLarge_withinAnother_areFound() {
    KafkaException fenced = wrapped(new ProducerFencedException("taken over"));
    KafkaException tooLarge = wrapped(new RecordTooLargeException("2 MB"));

    assertThat(ClientFaults.isFenced(fenced)).isTrue();
    assertThat(ClientFaults.isFenced(tooLarge)).isFalse();
    assertThat(ClientFaults.isRecordTooLarge(tooLarge)).isTrue();
    assertThat(ClientFaults.isRecordTooLarge(fenced)).isFalse();
  }

  @Test
  void reason_refusal_isOneLevelDownIfThereIsOne() {
    ConfigException reason = new ConfigException("acks");
    KafkaException alone = new KafkaException("failed");

    assertThat(ClientFaults.reason(wrapped(reason))).isSameAs(reason);
    assertThat(ClientFaults.reason(alone)).isSameAs(alone);
  }

  private static KafkaException wrapped(Exception cause) {
    return new KafkaException("failed", cause);
  }
}
