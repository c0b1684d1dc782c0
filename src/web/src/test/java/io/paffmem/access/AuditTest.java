package io.paffmem.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AuditTest {
  private static final Grant DESK = Grant.everything("privacy desk");

  private final Logger logger = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
  }

  @Test
  void note_everyTime_saysWhoDidWhatWithWhom() {
    Audit audit = Audit.toLog(nanos::get);

    audit.note(DESK, Audit.Action.FORGET, "0a1b2c3d");
    audit.note(DESK, Audit.Action.READ_EVENTS, Audit.EVERYBODY);
    audit.note(DESK, Audit.Action.FORGET, "0a1b2c3d");

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "token 'privacy desk' forgets 0a1b2c3d",
            "token 'privacy desk' reads events of everybody",
            "token 'privacy desk' forgets 0a1b2c3d");
  }

  @Test
  void noteOften_againWithinAMinute_isOneLineForEachTokenActionAndPerson() {
    Audit audit = Audit.toLog(nanos::get);

    audit.noteOften(DESK, Audit.Action.READ_MEMORY, "a");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
    audit.noteOften(DESK, Audit.Action.READ_MEMORY, "a");
    audit.noteOften(DESK, Audit.Action.READ_MEMORY, "b");
    audit.noteOften(DESK, Audit.Action.READ_FACES, "a");
    audit.noteOften(Grant.everything("another"), Audit.Action.READ_MEMORY, "a");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    audit.noteOften(DESK, Audit.Action.READ_MEMORY, "a");

    assertThat(lines.list).hasSize(5);
  }

  @Test
  void note_ofARunsOwnToken_isNotWritten() {
    AccessTokens tokens = AccessTokens.ofRun("0123456789abcdef");

    tokens.audit().note(DESK, Audit.Action.FORGET, "a");

    assertThat(lines.list).isEmpty();
  }
}
