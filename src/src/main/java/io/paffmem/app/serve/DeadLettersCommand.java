package io.paffmem.app.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.terminal.Tables;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.DeadLetterBox;
import io.paffmem.cluster.DeadLetterBox.Letter;
import io.paffmem.cluster.DeadLetterBox.SentBack;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.PersonHasher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The records that no stage could use. */
@Command(
    name = "dead-letters",
    description = {
      "The records that no stage could use: of a running cluster (--bootstrap-servers), or of a run",
      "in one process that is over (--data)."
    },
    subcommands = {DeadLettersCommand.Listing.class, DeadLettersCommand.Replay.class})
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: dead-letters list | dead-letters replay");
  }

  /** Which letters are meant. */
  static final class Filter {
    @Option(names = "--reason", paramLabel = "REASON", description = "Only those: unknown_schema.")
    private @Nullable String reason;

    @Option(names = "--stage", paramLabel = "STAGE", description = "Only what it refused: encode.")
    private @Nullable String stage;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only what came on it: frames.")
    private @Nullable String topic;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Only records from then on, e.g. 2026-11-30T12:00:00Z.")
    private @Nullable Instant since;

    boolean takes(Letter letter) {
      DeadLetters.Origin origin = letter.origin();
      return (reason == null || reason.equals(origin.reason()))
          && (stage == null || stage.equals(origin.stage()))
          && (topic == null || topic.equals(origin.topic()))
          && (since == null || letter.record().timestamp() >= since.toEpochMilli());
    }
  }

  /** Lists them. */
  @Command(
      name = "list",
      description = {
        "A line for each, and how many there are by stage and reason. A person is the beginning of",
        "a hash, as in logs (--secret). After 12 hours a dead letter is gone."
      })
  @SuppressWarnings("NullAway.Init") // fields are set by picocli
  static final class Listing implements Callable<Integer> {
    @Option(names = "--sums", description = "Only how many there are.")
    private boolean onlySums;

    @Mixin private Filter filter;
    @Mixin private ClusterOptions cluster;
    @Mixin private SecretOptions secret;

    @Override
    public Integer call() {
      PersonHasher hasher = PersonHasher.by(secret.pseudonyms(cluster.data()).hashKey());
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("letter", "record of", "topic", "stage", "reason", "person", "bytes", ""));
      Map<String, Map<String, Long>> sums = new TreeMap<>();
      try (Cluster stored = cluster.openStored(false)) {
        new DeadLetterBox(stored)
            .read(
                letter -> {
                  if (filter.takes(letter)) {
                    DeadLetters.Origin origin = letter.origin();
                    sums.computeIfAbsent(origin.stage(), any -> new TreeMap<>())
                        .merge(origin.reason(), 1L, Long::sum);
                    if (!onlySums) {
                      rows.add(row(letter, hasher));
                    }
                  }
                });
      }
      if (rows.size() > 1) {
        System.out.print(Tables.render(rows));
      }
      if (sums.isEmpty()) {
        System.out.println("No dead letters");
      }
      sums.forEach(
          (stage, reasons) ->
              reasons.forEach(
                  (reason, letters) -> System.out.println(stage + " " + reason + ": " + letters)));
      return 0;
    }

    private static List<String> row(Letter letter, PersonHasher hasher) {
      var record = letter.record();
      byte[] key = record.key();
      return List.of(
          DeadLetters.place(record),
          record.timestamp() < 0 ? "-" : Instant.ofEpochMilli(record.timestamp()).toString(),
          letter.origin().topic(),
          letter.origin().stage(),
          letter.origin().reason(),
          key == null ? "-" : hasher.of(new String(key, UTF_8)).shortHex(),
          Integer.toString(record.value() == null ? 0 : record.value().length),
          letter.isSentBack() ? "sent back" : "");
    }
  }

  /** Sends them back. */
  @Command(
      name = "replay",
      description = {
        "Sends dead letters back to the topics that they came from, each once, as they came.",
        "Do it when what made them dead is mended: a registry that has its schemas again, say.",
        "What cannot be used again is a new dead letter. Rows of a store have no way back, and frames",
        "without consent neither: their pictures were not kept."
      })
  @SuppressWarnings("NullAway.Init") // fields are set by picocli
  static final class Replay implements Callable<Integer> {
    @Mixin private Filter filter;
    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
      try (Cluster stored = cluster.openStored(false)) {
        SentBack sentBack = new DeadLetterBox(stored).sendBack(filter::takes);
        System.out.println(
            sentBack.sent()
                + " sent back"
                + (sentBack.before() > 0 ? "; " + sentBack.before() + " were before" : "")
                + (sentBack.noWayBack() > 0
                    ? "; " + sentBack.noWayBack() + " have no way back"
                    : ""));
      }
      return 0;
    }
  }
}
