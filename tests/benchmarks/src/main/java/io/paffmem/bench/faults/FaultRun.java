package io.paffmem.bench.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * People publish at their pace while one fault after the other happens, each when everybody is
 * answered again after the one before; then the same frames go through a flow that nothing happens
 * to, and the answers are compared.
 */
public final class FaultRun {
  private static final Duration TO_BEGIN = Duration.ofMinutes(5);
  private static final Duration TO_COME_BACK = Duration.ofMinutes(4);
  private static final Duration TO_FINISH = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(500);

  /** How often one of the people leaves, and somebody new comes. */
  private static final double NEWCOMER_SECONDS = 20;

  private final Settings settings;
  private final List<List<byte[]>> faces;
  private final PrintStream out;

  /**
   * What is run.
   *
   * @param model the PK, as {@code --model} names it
   * @param people who are there at a time
   * @param framesPerSecond of each
   * @param time for which faults happen
   * @param seed of faults and pauses
   */
  public record Settings(
      String model, int people, double framesPerSecond, Duration time, long seed) {}

  /**
   * What came of it.
   *
   * @param frames published, all of them taken by the broker
   * @param people who published them
   * @param missing frames without an event
   * @param outOfPlace events that were doubled, out of order, or after one that is missing
   * @param deadLetters frames that were refused
   * @param endedByThemselves stages that ended without being asked to
   * @param secondsBack for each kind of fault, how long after each until everybody was answered
   *     again: after the kill, or after the pause was over
   * @param otherAnswers events that are not, to the bit, those of the flow that nothing happened to
   * @param farthest by how much an arousal or valence differs there at most
   */
  public record Result(
      long frames,
      int people,
      long missing,
      long outOfPlace,
      long deadLetters,
      int endedByThemselves,
      Map<Fault, List<Double>> secondsBack,
      long otherAnswers,
      double farthest) {}

  /**
   * @param faces of each of some people, encoded pictures, who are repeated
   * @param out is told of each fault
   */
  public FaultRun(Settings settings, List<List<byte[]>> faces, PrintStream out) {
    this.settings = settings;
    this.faces = faces;
    this.out = out;
  }

  /** Runs both flows. */
  public Result run() throws IOException, InterruptedException {
    long beginMillis = System.currentTimeMillis();
    Map<Fault, List<Double>> back = new EnumMap<>(Fault.class);
    Map<Integer, Long> published;
    Map<String, List<Judge.Answer>> answers;
    long missing;
    long outOfPlace;
    long deadLetters;
    int ended;
    try (Flow flow = new Flow(settings.model);
        FrameFeed feed = flow.feed(faces, settings.framesPerSecond, beginMillis)) {
      Crowd crowd = new Crowd(feed);
      crowd.start();
      try {
        await(flow, crowd.next(), TO_BEGIN);
        sufferForAWhile(flow, crowd, back);
      } finally {
        crowd.end();
      }
      feed.flush();
      published = feed.published();
      boolean unused = awaitAlive(flow, published, TO_FINISH);
      missing = flow.judge().missing(published);
      outOfPlace = flow.judge().outOfPlace();
      deadLetters = flow.judge().deadLetters();
      answers = flow.judge().answers();
      ended = flow.endedByThemselves();
    }
    out.println("the same frames once more, and nothing happens");
    Map<String, List<Judge.Answer>> undisturbed = undisturbed(published, beginMillis);
    return compare(
        new Result(
            published.values().stream().mapToLong(Long::longValue).sum(),
            published.size(),
            missing,
            outOfPlace,
            deadLetters,
            ended,
            back,
            0,
            0),
        answers,
        undisturbed);
  }

  private void sufferForAWhile(Flow flow, Crowd crowd, Map<Fault, List<Double>> back)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(settings.seed);
    long end = System.nanoTime() + settings.time.toNanos();
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(random.nextLong(1_000, 5_000));
      Fault fault = Fault.draw(random);
      int instance = random.nextInt(2);
      Duration absence = Fault.drawAbsence(random);
      flow.suffer(fault, instance, absence, out);
      long over = System.nanoTime();
      await(flow, crowd.next(), TO_COME_BACK);
      double seconds = (System.nanoTime() - over) / 1e9;
      back.computeIfAbsent(fault, any -> new ArrayList<>()).add(seconds);
      out.printf(Locale.ROOT, "%-45s back after %5.1f s%n", fault.words(), seconds);
    }
  }

  private void await(Flow flow, Map<Integer, Long> frames, Duration patience)
      throws IOException, InterruptedException {
    if (!awaitAlive(flow, frames, patience)) {
      throw new IllegalStateException(
          "%d frames are not answered after %d s; what the stages said is in %s until this ends"
              .formatted(
                  flow.judge().missing(frames), patience.toSeconds(), flow.folder().toString()));
    }
  }

  /** Waits for answers, and starts again what ends meanwhile. */
  private boolean awaitAlive(Flow flow, Map<Integer, Long> frames, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!flow.judge().await(frames, LOOK)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      flow.revive(out);
    }
    return true;
  }

  private Map<String, List<Judge.Answer>> undisturbed(
      Map<Integer, Long> published, long beginMillis) throws IOException, InterruptedException {
    try (Flow flow = new Flow(settings.model);
        FrameFeed feed = flow.feed(faces, settings.framesPerSecond, beginMillis)) {
      long most = published.values().stream().mapToLong(Long::longValue).max().orElse(0);
      for (long index = 0; index < most; index++) {
        for (Map.Entry<Integer, Long> person : published.entrySet()) {
          if (index < person.getValue()) {
            feed.publish(person.getKey());
          }
        }
      }
      feed.flush();
      await(flow, published, TO_FINISH.plus(settings.time));
      return flow.judge().answers();
    }
  }

  private static Result compare(
      Result result,
      Map<String, List<Judge.Answer>> answers,
      Map<String, List<Judge.Answer>> undisturbed) {
    long other = 0;
    double farthest = 0;
    for (Map.Entry<String, List<Judge.Answer>> person : answers.entrySet()) {
      List<Judge.Answer> wanted = undisturbed.getOrDefault(person.getKey(), List.of());
      for (int i = 0; i < person.getValue().size(); i++) {
        Judge.Answer answer = person.getValue().get(i);
        Judge.@Nullable Answer same = i < wanted.size() ? wanted.get(i) : null;
        if (!answer.equals(same)) {
          other++;
        }
        if (same != null) {
          farthest = Math.max(farthest, Math.abs(answer.arousal() - same.arousal()));
          farthest = Math.max(farthest, Math.abs(answer.valence() - same.valence()));
        }
      }
    }
    return new Result(
        result.frames,
        result.people,
        result.missing,
        result.outOfPlace,
        result.deadLetters,
        result.endedByThemselves,
        result.secondsBack,
        other,
        farthest);
  }

  /** The people who publish, on a thread of their own; somebody leaves and comes now and then. */
  private final class Crowd extends Thread {
    private final FrameFeed feed;
    private final long begin = System.nanoTime();
    private volatile boolean ended;
    private volatile @Nullable RuntimeException failure;

    Crowd(FrameFeed feed) {
      super("crowd");
      this.feed = feed;
    }

    /** The first of those who are there now; the others have the numbers that follow. */
    private int first() {
      return (int) ((System.nanoTime() - begin) / 1e9 / NEWCOMER_SECONDS);
    }

    @Override
    public void run() {
      try {
        for (long round = 0; !ended; round++) {
          for (int i = 0; i < settings.people; i++) {
            double due = (round + i / (double) settings.people) / settings.framesPerSecond;
            long left = begin + (long) (1e9 * due) - System.nanoTime();
            if (left > 0) {
              LockSupport.parkNanos(left);
            }
            feed.publish(first() + i);
          }
        }
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    /**
     * For each of those who are there, and stay for a while, the number of the next frame, and one.
     */
    Map<Integer, Long> next() {
      RuntimeException failed = failure;
      if (failed != null) {
        throw failed;
      }
      Map<Integer, Long> published = feed.published();
      Map<Integer, Long> next = new HashMap<>();
      int first = first();
      // Who leaves first may not publish again.
      for (int person = first + settings.people / 2; person < first + settings.people; person++) {
        next.put(person, published.getOrDefault(person, 0L) + 1);
      }
      return next;
    }

    void end() throws InterruptedException {
      ended = true;
      join();
    }
  }
}
