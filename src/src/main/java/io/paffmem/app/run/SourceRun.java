package io.paffmem.app.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.access.Pseudonyms;
import io.paffmem.app.options.DashboardOptions;
import io.paffmem.app.options.OneProcessOptions;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.app.terminal.LiveView;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.app.terminal.StreamedTable;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.EmotionHistory;
import io.paffmem.cluster.HeldFrames;
import io.paffmem.dashboard.Dashboard;
import io.paffmem.evaluation.memory.StreamedEvaluation;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ledger.AnswerListener;
import io.paffmem.ledger.EmotionLedger;
import io.paffmem.ledger.RunSummary;
import io.paffmem.operations.Operations;
import io.paffmem.pipeline.OneProcess;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.start.Opened;
import io.paffmem.start.StartException;
import io.paffmem.web.WebConfig;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a source through everything: opens what it needs (in this process where no cluster is
 * named), publishes, waits for the events, closes in reverse.
 */
final class SourceRun implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration LAST_EVENTS = Duration.ofSeconds(2);
  private static final int STAY_POLL_MILLIS = 500;
  private static final int TOKEN_BYTES = 24;
  private static final int ANY_PORT = 0;

  private final Opened opened = new Opened();
  private final PrintStream out;
  private final Pseudonyms pseudonyms;
  private final String streamId;
  private final Shutdown shutdown;
  private final Operations operations;
  private final @Nullable OneProcess process;
  private final Cluster cluster;
  private final FramePublisher publisher;
  private final EmotionLedger ledger;
  private @Nullable LiveView view;
  private final long beginNanos;

  /**
   * Opens everything.
   *
   * @param source names the stream, with a part that makes it unique
   * @param options checked before
   * @param usual how long frames wait for imagined faces in this process, where no limit is named
   * @param pseudonyms what people are called inside; here they have their names
   * @param listener told of the first event of each face, which has what its person is called
   *     inside
   */
  SourceRun(
      String source,
      OneProcessOptions options,
      WaitingLimit usual,
      DeclarationOptions declaration,
      Pseudonyms pseudonyms,
      AnswerListener listener,
      PrintStream out) {
    this.out = out;
    this.pseudonyms = pseudonyms;
    this.streamId = source + "-" + UUID.randomUUID().toString().substring(0, 8);
    try {
      // Asked to end, a run closes all it opened; TensorFlow does not survive being left running.
      shutdown = opened.keep(new Shutdown(Thread.currentThread()::interrupt, Shutdown.STAGE_LIMIT));
      shutdown.exitWith(0);
      operations = opened.keep(options.openOperations());
      operations.serve();
      if (options.isEmbedded()) {
        OneProcess started =
            opened.keep(
                options.start(
                    opened.keep(options.loadModel()),
                    operations,
                    PersonHasher.by(pseudonyms.hashKey()),
                    usual,
                    false));
        process = started;
        cluster = started.cluster();
        if (options.dashboard().isOn()) {
          showDashboard(started, options.dashboard());
        }
      } else {
        process = null;
        cluster = opened.keep(options.openRemote());
        operations.checkBroker(cluster.client(), Topics.FRAMES);
      }
      ledger = opened.keep(EmotionLedger.of(cluster, streamId, listener));
      publisher =
          opened.keep(
              FramePublisher.connect(
                  cluster.client(),
                  cluster.serdes(),
                  Clock.systemUTC(),
                  declaration.purpose(),
                  declaration.consent(),
                  operations.meters()));
      operations.started();
      var unused = opened.keep((AutoCloseable) operations::stopping);
      beginNanos = System.nanoTime();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** With a token of this run alone, which is in the link that is printed. */
  private void showDashboard(OneProcess started, DashboardOptions options) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    Dashboard shown =
        started.showDashboard(
            WebConfig.local(options.port(ANY_PORT)), AccessTokens.ofRun(token), pseudonyms);
    operations.check(shown::problem);
    // A browser does not send what stands behind the #.
    out.printf("Dashboard: %s/#token=%s%n", shown.address(), token);
  }

  /** What writes the frames; closed with this. */
  FramePublisher publisher() {
    return publisher;
  }

  /** The stream of a person in this run. */
  FrameStream stream(String person) {
    return publisher.stream(pseudonyms.of(person), streamId);
  }

  /** A stream of a name of its own. */
  FrameStream stream(String person, String stream) {
    return publisher.stream(pseudonyms.of(person), stream);
  }

  /** Where it counts. */
  MeterRegistry meters() {
    return operations.meters();
  }

  /** Where it goes; closed with this. */
  Cluster cluster() {
    return cluster;
  }

  /**
   * Enters a face that is about to be published, of the run's stream.
   *
   * @param person as the frame's stream has it: what they are called inside
   * @throws StartException if a stage has stopped, so that its event would never come
   */
  void publishing(String person, long sequence) {
    publishing(person, streamId, sequence);
  }

  /** As {@link #publishing(String, long)}, of a stream of a name of its own. */
  void publishing(String person, String stream, long sequence) {
    throwFailure();
    ledger.published(person, stream, sequence);
  }

  /** Begins to show the run. */
  LiveView show(String task, long pictures) {
    LiveView shown =
        opened.keep(
            new LiveView(
                out, Boolean.getBoolean("paffmem.terminal"), this::people, task, pictures));
    view = shown;
    return shown;
  }

  private String people() {
    Map<String, Emotion> latest = new LinkedHashMap<>();
    ledger.latest().forEach((person, event) -> latest.put(pseudonyms.name(person), event));
    return PeopleTable.of(latest, person -> ledger.lag(pseudonyms.of(person)));
  }

  /** Whether the process is asked to end. */
  boolean isAskedToEnd() {
    return shutdown.isAsked();
  }

  /** The exit status of a process that is asked to end. */
  void exitWith(int status) {
    shutdown.exitWith(status);
  }

  /** Waits for the events of all faces, stops the view, and closes the books. */
  RunSummary finish(long frames, long carriedBoxes) throws InterruptedException {
    publisher.flush();
    long beganNanos = System.nanoTime();
    ledger.awaitSettled(SILENCE, () -> failure().or(() -> outOfTime(beganNanos)));
    if (shutdown.isAsked() && ledger.settled() < ledger.faces()) {
      out.printf(
          "stopped: the events of the last %d faces were not waited for%n",
          ledger.faces() - ledger.settled());
    }
    double seconds = (System.nanoTime() - beginNanos) / 1e9;
    throwFailure();
    LiveView shown = view;
    view = null;
    if (shown != null) {
      shown.close();
    }
    return ledger.summary(frames, carriedBoxes, seconds).named(pseudonyms::name);
  }

  /** A process that is asked to end does not wait long for the last events. */
  private Optional<Throwable> outOfTime(long beganNanos) {
    return shutdown.isAsked() && System.nanoTime() - beganNanos > LAST_EVENTS.toNanos()
        ? Optional.of(new TimeoutException("asked to end"))
        : Optional.empty();
  }

  /**
   * Evaluates what came out of a replayed data set, of an earlier process too: what that had
   * published and saw no event of is waited for.
   *
   * @param prefix what the names of its streams begin with
   * @param held what the topics held before this run
   */
  StreamedEvaluation evaluate(String prefix, HeldFrames held) {
    StreamedEvaluation evaluation = new StreamedEvaluation(null);
    long expected =
        held.unanswered() == 0 ? 0 : held.answered() + held.unanswered() + ledger.faces();
    try (EmotionHistory events =
        new EmotionHistory(
            cluster, prefix, emotion -> evaluation.add(StreamedTable.event(emotion)))) {
      events.readToEnd();
      long newsNanos = System.nanoTime();
      long before = evaluation.events();
      while (before < expected && System.nanoTime() - newsNanos < SILENCE.toNanos()) {
        throwFailure();
        events.readMore();
        if (evaluation.events() > before) {
          before = evaluation.events();
          newsNanos = System.nanoTime();
        }
      }
    }
    return evaluation;
  }

  /** Leaves everything as it is, for those who look at the dashboard, until Ctrl-C. */
  void stay() {
    out.println("The run is over; everything stays until Ctrl-C.");
    try {
      while (true) {
        throwFailure();
        TimeUnit.MILLISECONDS.sleep(STAY_POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      // How it is meant to end.
    }
  }

  private Optional<Throwable> failure() {
    return process == null ? Optional.empty() : process.failure();
  }

  private void throwFailure() {
    if (process != null) {
      process.throwFailure();
    }
  }

  @Override
  public void close() {
    LiveView unfinished = view;
    if (unfinished != null) {
      unfinished.endsEarly();
    }
    opened.close();
  }
}
