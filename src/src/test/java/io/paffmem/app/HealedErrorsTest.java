package io.paffmem.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HealedErrorsTest {
  private final LoggerContext kafkas = new LoggerContext();
  private final Logger kafka =
      kafkas.getLogger("org.apache.kafka.streams.processor.internals.TaskManager");
  private final ListAppender<ILoggingEvent> left = new ListAppender<>();
  private final Logger ours = (Logger) LoggerFactory.getLogger(HealedErrors.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private long nanos = 1;

  @BeforeEach
  void listen() {
    kafkas.addTurboFilter(new HealedErrors(() -> nanos));
    left.start();
    kafkas.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(left);
    said.start();
    ours.addAppender(said);
  }

  @AfterEach
  void stop() {
    ours.detachAppender(said);
  }

  @Test
  void decide_whatKafkaHeals_isOneWarnOfOursAMinute() {
    for (int i = 0; i < 3; i++) {
      kafka.error(
          "stream-thread [{}] Committing failed",
          "t-1",
          new StreamsException(new InvalidProducerEpochException("old")));
      kafka.error(
          "Get exceptions for the following tasks: {}", new TaskCorruptedException(Set.of()));
      kafka.error("Error sending a record: " + new OutOfOrderSequenceException("gap"));
    }

    assertThat(left.list).isEmpty();
    assertThat(said.list)
        .allMatch(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(3)
        .anyMatch(line -> line.contains("InvalidProducerEpochException): stream-thread [t-1]"));

    nanos += Duration.ofMinutes(1).toNanos();
    kafka.error("Again", new TaskCorruptedException(Set.of()));
    assertThat(said.list).hasSize(4);
  }

  @Test
  void decide_whatSomebodyMustMend_staysAnError() {
    kafka.error("No right", new StreamsException(new AuthorizationException("no right")));
    kafka.error(
        "The streams client is going to shut down now.", new TaskCorruptedException(Set.of()));
    kafka.warn("Corrupted", new TaskCorruptedException(Set.of()));
    kafkas
        .getLogger("io.paffmem.topology.AffectiveStream")
        .error("The stream stops", new TaskCorruptedException(Set.of()));

    assertThat(left.list)
        .extracting(ILoggingEvent::getLevel)
        .isEqualTo(List.of(Level.ERROR, Level.ERROR, Level.WARN, Level.ERROR));
    assertThat(said.list).isEmpty();
  }

  @Test
  void logback_ofTheApplication_hasTheFilter() {
    assertThat(ours.getLoggerContext().getTurboFilterList())
        .hasAtLeastOneElementOfType(HealedErrors.class);
  }
}
