package io.paffmem.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Kafka writes ERROR for what it heals by itself: a transaction that is over, a task that goes to
 * another instance, a store that is read again. Of each kind this leaves one WARN of ours a minute.
 * ERROR is then what somebody must act on. Logback makes it, as logback.xml says.
 */
public final class HealedErrors extends TurboFilter {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(HealedErrors.class);
  private static final List<String> KAFKA =
      List.of("org.apache.kafka.streams.", "org.apache.kafka.clients.");

  /** Kafka Streams gives up, whatever the reason. */
  private static final String END = "shut down";

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /** What the message or an exception of it names. */
  private static final List<String> HEALED =
      List.of(
          "TaskCorruptedException",
          "TaskMigratedException",
          "InvalidProducerEpochException",
          "ProducerFencedException",
          "OutOfOrderSequenceException",
          "UnknownProducerIdException",
          "InvalidPidMappingException",
          "InvalidTxnStateException",
          "TransactionAbortedException",
          "TransactionAbortableException",
          "CommitFailedException",
          "RebalanceInProgressException",
          "MissingSourceTopicException",
          "RegistryUnavailableException",
          "TimeoutException",
          // Of the decision the stream itself has said why.
          "Replacing thread in the streams uncaught exception handler");

  private final LongSupplier nanoTime;
  private final Map<String, Long> said = new HashMap<>();

  /** Made by Logback. */
  public HealedErrors() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  HealedErrors(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable thrown) {
    if (level != Level.ERROR
        || format == null
        || KAFKA.stream().noneMatch(logger.getName()::startsWith)) {
      return FilterReply.NEUTRAL;
    }
    String message = String.valueOf(MessageFormatter.arrayFormat(format, params).getMessage());
    Optional<String> kind = kind(message, params, thrown);
    if (kind.isEmpty() || message.contains(END)) {
      return FilterReply.NEUTRAL;
    }
    if (isNews(kind.get())) {
      LOG.warn("Kafka heals this by itself ({}): {}", kind.get(), message);
    }
    return FilterReply.DENY;
  }

  private static Optional<String> kind(
      String message, Object @Nullable [] params, @Nullable Throwable thrown) {
    StringBuilder all = new StringBuilder(message);
    append(thrown, all);
    // SLF4J takes a last parameter for the exception.
    if (params != null && params.length > 0 && params[params.length - 1] instanceof Throwable t) {
      append(t, all);
    }
    return HEALED.stream().filter(healed -> all.indexOf(healed) >= 0).findFirst();
  }

  private static void append(@Nullable Throwable thrown, StringBuilder all) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      all.append(' ').append(cause.getClass().getName());
    }
  }

  private synchronized boolean isNews(String kind) {
    long now = nanoTime.getAsLong();
    Long last = said.get(kind);
    if (last != null && now - last < BETWEEN.toNanos()) {
      return false;
    }
    said.put(kind, now);
    return true;
  }
}
