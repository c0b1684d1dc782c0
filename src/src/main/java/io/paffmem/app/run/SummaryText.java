package io.paffmem.app.run;

import io.paffmem.app.terminal.Tables;
import io.paffmem.ledger.RunSummary;
import io.paffmem.ledger.RunSummary.AxisCcc;
import io.paffmem.ledger.RunSummary.LatencyMillis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run's summary for people. */
final class SummaryText {
  private static final int MOST_PEOPLE = 20;

  private SummaryText() {}

  static String of(RunSummary run) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%d frames, %d faces (%d of carried boxes), %d people, %.1f s, %.1f events/s",
            run.frames(),
            run.faces(),
            run.carriedBoxes(),
            run.people(),
            run.seconds(),
            run.framesPerSecond()));
    if (run.otherFaces() > 0) {
      lines.add(
          format(
              "up to %d other faces at once, of which nothing was published (--people: each as a"
                  + " person)",
              run.otherFaces()));
    }
    lines.addAll(run.incomplete());
    if (run.interrupted()) {
      lines.add("interrupted: the rest of the recording was not looked at");
    }
    if (run.faces() == 0) {
      lines.add("No face was published, so there is nothing to say about anybody.");
      return String.join("\n", lines) + "\n";
    }
    lines.add(
        format(
            "%d events: %d from memory, %d from the PK alone",
            run.events(), run.memoryEvents(), run.priorEvents()));
    if (run.strangers() > 0) {
      lines.add(
          format(
              "%d of these did not look like the person: nothing was learnt from them",
              run.strangers()));
    }
    if (run.unreadable() > 0) {
      lines.add(
          format(
              "%d of these could not be read (too small, blurred, turned or cut off): nothing was"
                  + " learnt from them",
              run.unreadable()));
    }
    lines.add(
        format(
                "%d lost, %d duplicated, %d dead letters",
                run.lost(), run.duplicated(), run.deadLetters())
            + (run.deadLetterReasons().isEmpty() ? "" : " (" + reasons(run) + ")")
            + (run.forgotten() == 0 ? "" : format(", %d forgotten", run.forgotten())));
    lines.add(format("%d seed requests, %d answered with seeds", run.seedRequests(), run.seeds()));
    lines.add(
        "latency in ms: while seeding "
            + latency(run.latencyMillis().seeding())
            + ", after it "
            + latency(run.latencyMillis().steady()));
    lines.add(
        "neurons: "
            + run.neurons().entrySet().stream()
                .limit(MOST_PEOPLE)
                .map(entry -> Tables.name(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", "))
            + (run.neurons().size() > MOST_PEOPLE
                ? ", and " + (run.neurons().size() - MOST_PEOPLE) + " more"
                : ""));
    RunSummary.Agreement ccc = run.ccc();
    if (ccc != null) {
      lines.add("");
      lines.add(
          Tables.render(
                  List.of(
                      List.of("CCC with the labels", "arousal", "valence"),
                      row("PK alone", ccc.prior()),
                      row("with memory", ccc.memory())))
              .stripTrailing());
    }
    return String.join("\n", lines) + "\n";
  }

  private static String reasons(RunSummary run) {
    return run.deadLetterReasons().entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static List<String> row(String name, AxisCcc ccc) {
    return List.of(name, number(ccc.arousal()), number(ccc.valence()));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "none" : format("%.3f", value);
  }

  private static String latency(@Nullable LatencyMillis latency) {
    return latency == null
        ? "no frames"
        : format("%.0f median, %.0f p99", latency.p50(), latency.p99());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
