package io.paffmem.ingest.gateway.frames;

import static io.paffmem.ingest.face.FaceConfig.CROP_SIDE;

import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.SharedFaceDetector;
import io.paffmem.ingest.publish.LivePublisher;
import io.paffmem.ingest.video.Picture;
import io.paffmem.kafka.ClientFaults;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From pictures to the topic, for all feeds: a few workers decode and look for faces, and the
 * publisher has the rest. Each feed has a {@link FrameLane} of its own; a worker takes one frame of
 * one lane after another, so a busy feed waits for itself and not the others for it.
 */
public final class FramePipeline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FramePipeline.class);
  private static final Duration WARN_AT_MOST_EVERY = Duration.ofMinutes(1);

  private final Limits limits;
  private final LivePublisher publisher;
  private final Clock clock;
  private final FaceCounters counters;
  private final ByteBudget budget;
  private final FaceConfig faces = FaceConfig.defaults();
  private final SharedFaceDetector detector;
  private final ThreadPoolExecutor workers;
  private final AtomicInteger inProgress = new AtomicInteger();
  private final AtomicLong warnedNanos =
      new AtomicLong(System.nanoTime() - WARN_AT_MOST_EVERY.toNanos());
  private volatile boolean stopping;

  /**
   * A pipeline whose workers run.
   *
   * @param publisher stays the caller's to close, after this
   * @param clock numbers frames that have no number
   * @param faceModel as {@link io.paffmem.ingest.face.FaceDetector#of} has it
   * @param meters where it counts faces
   * @throws io.paffmem.ingest.face.FaceModelException if the model cannot be read
   */
  public FramePipeline(
      Limits limits,
      LivePublisher publisher,
      Clock clock,
      @Nullable Path faceModel,
      MeterRegistry meters) {
    this.detector = new SharedFaceDetector(faces, faceModel);
    this.limits = limits;
    this.publisher = publisher;
    this.clock = clock;
    this.counters = new FaceCounters(meters);
    this.budget = new ByteBudget(limits.heldBytes());
    AtomicInteger number = new AtomicInteger();
    // The queue holds lanes, not frames: each is in it once at most.
    this.workers =
        new ThreadPoolExecutor(
            limits.workers(),
            limits.workers(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "gateway-worker-" + number.incrementAndGet()));
    warmUp();
  }

  /** Loads OpenCV, so that nobody's first picture waits for that. */
  private void warmUp() {
    Picture black = new Picture(0, 0, CROP_SIDE, CROP_SIDE, new byte[3 * CROP_SIDE * CROP_SIDE]);
    CompletableFuture.runAsync(() -> detector.detect(black), workers).join();
  }

  /**
   * A lane for one feed, closed by the one who asked for it.
   *
   * @param declared as the feed says; checked
   */
  public FrameLane lane(Declaration declared, Admission admission, LiveStream stream) {
    return new FrameLane(
        this,
        admission.inside(declared),
        new FrameLane.Members() {
          @Override
          public Optional<String> inside(int number) {
            return admission.member(declared, number);
          }

          @Override
          public String outside(int number) {
            return declared.member(number);
          }
        },
        stream);
  }

  /** What bounds it. */
  public Limits limits() {
    return limits;
  }

  LivePublisher publisher() {
    return publisher;
  }

  /** Gives the time at which a picture came. */
  public Clock clock() {
    return clock;
  }

  FaceCounters counters() {
    return counters;
  }

  /** Bytes of pictures that are held for all feeds. */
  public ByteBudget budget() {
    return budget;
  }

  FaceConfig faces() {
    return faces;
  }

  SharedFaceDetector detector() {
    return detector;
  }

  /**
   * The broker did not take a frame. Where sending it again will not help, its operator is told;
   * the feed cannot do anything about it and hears {@code busy}.
   */
  void notTaken(Exception failure) {
    long now = System.nanoTime();
    long last = warnedNanos.get();
    if (ClientFaults.retriable(failure).isEmpty()
        && !stopping
        && now - last >= WARN_AT_MOST_EVERY.toNanos()
        && warnedNanos.compareAndSet(last, now)) {
      LOG.warn("The broker refuses frames for good; feeds are told busy", failure);
    } else {
      LOG.debug("The broker did not take a frame", failure);
    }
  }

  /** Whether every new frame is refused. */
  public boolean isStopping() {
    return stopping;
  }

  void execute(Runnable oneFrame) {
    workers.execute(oneFrame);
  }

  void begun() {
    inProgress.incrementAndGet();
  }

  void ended() {
    if (inProgress.decrementAndGet() == 0) {
      synchronized (inProgress) {
        inProgress.notifyAll();
      }
    }
  }

  /** From now on every new frame is refused as busy. */
  public void stop() {
    stopping = true;
  }

  /**
   * Waits for the frames in progress; call {@link #stop} before.
   *
   * @return whether all have their reply
   */
  public boolean awaitReplies(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (inProgress) {
      while (inProgress.get() > 0) {
        long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          return false;
        }
        inProgress.wait(leftMillis);
      }
    }
    return true;
  }

  /** Ends the workers after the frames that they have in hand. */
  @Override
  public void close() {
    stopping = true;
    workers.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (workers.isTerminated()) {
      detector.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
