package io.paffmem.bench.command;

import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ledger.EmotionLedger;
import io.paffmem.pipeline.OneProcess;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Feeds at their own pace, of people who are known after a warm-up, into one process. */
final class PacedFeeds {
  /** Frames a second of a feed of video. */
  static final double PER_SECOND = 25;

  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int DISTINCT_FACES = 250;

  private final OneProcess process;
  private final FramePublisher publisher;

  PacedFeeds(OneProcess process, FramePublisher publisher) {
    this.process = process;
    this.publisher = publisher;
  }

  /** Faces of each of some people, from videos of {@link #PER_SECOND}. */
  static List<List<byte[]>> faces(int people) {
    BenchFaces rendered = new BenchFaces(DISTINCT_FACES, PER_SECOND);
    List<List<byte[]>> faces = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      faces.add(rendered.of(person));
    }
    return faces;
  }

  /**
   * Seeds everybody, and lets the JIT see enough of both paces: batches differ in size.
   *
   * @param faces of each person
   * @param frames of each person, as fast as it goes
   * @param paced how many of them publish at {@link #PER_SECOND} afterwards
   * @param seconds for how long they do
   */
  void warmUp(List<List<byte[]>> faces, int frames, int paced, double seconds, PrintStream out)
      throws InterruptedException {
    out.printf("warm-up: %d people, %d frames each%n", faces.size(), frames);
    try (EmotionLedger ledger = ledger("warm-up")) {
      List<FrameStream> streams = streams("warm-up", faces.size());
      for (int index = 0; index < frames; index++) {
        for (int person = 0; person < faces.size(); person++) {
          publish(ledger, streams.get(person), faces.get(person), index);
        }
      }
      settle(ledger);
    }
    try (EmotionLedger ledger = ledger("paced warm-up")) {
      publishAtPace(
          ledger, streams("paced warm-up", paced), faces, PER_SECOND, seconds, Presence.ALWAYS);
      settle(ledger);
    }
  }

  EmotionLedger ledger(String stream) {
    return EmotionLedger.of(process.cluster(), stream);
  }

  /** A stream of that name of each of the first people of the warm-up. */
  List<FrameStream> streams(String name, int people) {
    List<FrameStream> streams = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      streams.add(publisher.stream("bench-" + person, name));
    }
    return streams;
  }

  /**
   * The first frame of each: the ledger knows that a person is seeded when an event of the stream
   * says so, and what is published before counts as seeding.
   */
  void begin(EmotionLedger ledger, List<FrameStream> streams, List<List<byte[]>> faces)
      throws InterruptedException {
    for (int person = 0; person < streams.size(); person++) {
      publish(ledger, streams.get(person), faces.get(person), 0);
    }
    settle(ledger);
  }

  /**
   * Everybody who is there, after their first frame, at one rate, evenly apart, as feeds that know
   * nothing of one another.
   */
  void publishAtPace(
      EmotionLedger ledger,
      List<FrameStream> streams,
      List<List<byte[]>> faces,
      double framesPerSecond,
      double time,
      Presence presence) {
    long begin = System.nanoTime();
    int frames = (int) Math.ceil(time * framesPerSecond);
    for (int index = 0; index < frames; index++) {
      for (int person = 0; person < streams.size(); person++) {
        if (presence.isThere(person, index / framesPerSecond)) {
          awaitTurn(begin, index + person / (double) streams.size(), framesPerSecond);
          publish(ledger, streams.get(person), faces.get(person), 1 + index);
        }
      }
    }
  }

  /**
   * Waits until a frame of a feed is due.
   *
   * @param begin of the feed, by {@link System#nanoTime}
   * @param frame since then; may lie between two
   */
  static void awaitTurn(long begin, double frame, double framesPerSecond) {
    long due = begin + (long) (frame / framesPerSecond * 1e9);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Enters a frame and publishes it; faces are repeated when all were shown. */
  static void publish(EmotionLedger ledger, FrameStream stream, List<byte[]> faces, int index) {
    ledger.published(stream.personId(), index);
    stream.publish(index, System.currentTimeMillis(), faces.get(index % faces.size()), null);
  }

  /** Waits until everything that was published has its event. */
  void settle(EmotionLedger ledger) throws InterruptedException {
    publisher.flush();
    ledger.awaitSettled(SILENCE, process::failure);
    process.throwFailure();
  }
}
