package io.paffmem.ingest.gateway.frames;

import static io.paffmem.ingest.gateway.frames.Reply.refused;

import io.micrometer.core.instrument.Timer;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.FaceCrop;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.face.Sighting;
import io.paffmem.ingest.people.PeopleFinder;
import io.paffmem.ingest.people.TrackedFace;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.PictureDecoder;
import io.paffmem.schemas.CaptureTime;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.image.ImageHead;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of one feed, in order: checked at once, then one at a time through a worker, then to
 * the broker, where several may be on their way. Thread-safe.
 */
public final class FrameLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameLane.class);

  private static final Reply NO_FACE =
      refused(Refusal.NO_FACE, "no face; it must look at the camera, in light, not too far away");

  /** Who is who in a stream of many, by their numbers. */
  public interface Members {
    /** What they are called on the topics; empty if they are not to be watched. */
    Optional<String> inside(int number);

    /** What the feed calls them. */
    String outside(int number);
  }

  private record Job(LiveFrame frame, Consumer<Reply> whenKnown) {}

  private final FramePipeline pipeline;
  private final Declaration declared;
  private final Members members;
  private final LiveStream stream;

  // Guarded by this.
  private final Queue<Job> waiting = new ArrayDeque<>();
  private int unanswered;
  private boolean running;
  private boolean closed;

  // Used by one worker at a time.
  private @Nullable FaceFinder finder;
  private int others;

  /**
   * @param declared the stream as it stands on the topics
   * @param members of a stream of many
   */
  FrameLane(FramePipeline pipeline, Declaration declared, Members members, LiveStream stream) {
    this.pipeline = pipeline;
    this.declared = declared;
    this.members = members;
    this.stream = stream;
  }

  /**
   * Takes one picture, without waiting for anything.
   *
   * @param whenKnown called once, by this thread, a worker or the producer
   */
  public void submit(LiveFrame frame, Consumer<Reply> whenKnown) {
    Reply refusal = check(frame);
    if (refusal == null && !enqueue(new Job(frame, whenKnown))) {
      refusal = refused(Refusal.BUSY, "too many frames wait; send this one again, or leave it out");
    }
    if (refusal != null) {
      whenKnown.accept(refusal);
    }
  }

  /** What can be told without decoding. */
  private @Nullable Reply check(LiveFrame frame) {
    if (!stream.rate().tryTake()) {
      return refused(Refusal.RATE_LIMITED, "more frames a second than were agreed at open");
    }
    if (frame.image().length > pipeline.limits().maxFrameBytes()) {
      return tooManyBytes(pipeline.limits().maxFrameBytes());
    }
    Optional<ImageHead> head = ImageHead.of(frame.image());
    if (head.isEmpty()) {
      return refused(
          Refusal.NOT_AN_IMAGE, "neither JPEG nor PNG" + OtherForm.advice(frame.image()));
    }
    if (head.get().pixels() > pipeline.limits().maxPixels()) {
      return refused(
          Refusal.TOO_LARGE,
          "a picture of %d x %d pixels; at most %d pixels are taken"
              .formatted(head.get().width(), head.get().height(), pipeline.limits().maxPixels()));
    }
    if (PictureDecoder.isTooCostly(head.get())) {
      return refused(
          Refusal.TOO_LARGE,
          "a picture of %d x %d pixels in %d scans; a PNG or a progressive JPEG may have %d pixels, and a JPEG %d scans"
              .formatted(
                  head.get().width(),
                  head.get().height(),
                  head.get().scans(),
                  PictureDecoder.MOST_UNSCALED_PIXELS,
                  ImageHead.MOST_SCANS));
    }
    return CaptureTime.problem(frame.capturedAtMillis(), pipeline.clock().millis())
        .map(problem -> refused(Refusal.INVALID_MESSAGE, problem))
        .orElse(null);
  }

  /** The refusal of a picture of more bytes than that. */
  public static Reply tooManyBytes(int most) {
    return refused(Refusal.TOO_LARGE, "at most %d bytes are taken".formatted(most));
  }

  private synchronized boolean enqueue(Job job) {
    if (pipeline.isStopping()
        || closed
        || unanswered >= pipeline.limits().framesPerFeed()
        || !pipeline.budget().tryHold(job.frame().image().length)) {
      return false;
    }
    pipeline.begun();
    unanswered++;
    waiting.add(job);
    if (!running) {
      running = true;
      pipeline.execute(this::runOne);
    }
    return true;
  }

  /** One frame; then the other lanes have their turn. */
  private void runOne() {
    Job job;
    synchronized (this) {
      job = waiting.remove();
    }
    try {
      process(job);
    } catch (RuntimeException e) {
      LOG.error("A frame could not be handled", e);
      answer(
          job.whenKnown(),
          refused(Refusal.INTERNAL_ERROR, "a fault of the gateway; its log has more"));
    } finally {
      next();
    }
  }

  private synchronized void next() {
    if (!waiting.isEmpty()) {
      pipeline.execute(this::runOne);
    } else {
      running = false;
      closeFinder();
    }
  }

  private void process(Job job) {
    List<CutFace> faces = new ArrayList<>();
    Timer.Sample begun = Timer.start();
    Reply refusal;
    try {
      Optional<Picture> picture = PictureDecoder.decode(job.frame().image());
      refusal =
          picture.isEmpty()
              ? refused(Refusal.NOT_AN_IMAGE, "the picture is cut off or damaged")
              : cut(picture.get(), job.frame().capturedAtMillis(), faces);
    } finally {
      begun.stop(pipeline.counters().looking);
      pipeline.budget().release(job.frame().image().length);
    }
    if (refusal != null) {
      answer(job.whenKnown(), refusal);
      return;
    }
    publish(job, faces);
  }

  /** Adds the faces that are to be published, or says why there are none. */
  private @Nullable Reply cut(Picture picture, long capturedAtMillis, List<CutFace> faces) {
    FaceFinder finding = finder;
    if (finding == null) {
      finding = new FaceFinder(pipeline.faces(), pipeline.detector());
      finder = finding;
    }
    if (declared.picture() == Declaration.PictureKind.FACE) {
      faces.add(one(pipeline.counters().given, null, finding.crop(picture)));
      return null;
    }
    if (declared.isOfMany()) {
      return cutMany(picture, capturedAtMillis, finding, faces);
    }
    Sighting sighting = finding.find(picture);
    others = finding.others();
    if (sighting instanceof Sighting.Detected detected) {
      Box box = detected.box();
      FaceCrop crop = finding.crop(picture, box, detected.face());
      faces.add(one(pipeline.counters().detected, box, crop));
      return null;
    }
    if (sighting instanceof Sighting.Carried carried) {
      FaceCrop crop = finding.crop(picture, carried.box(), null);
      faces.add(one(pipeline.counters().carried, carried.box(), crop));
      return null;
    }
    return NO_FACE;
  }

  private CutFace one(FaceCounters.Found found, @Nullable Box box, FaceCrop crop) {
    CutFace face = new CutFace(declared.person(), declared.person(), box, crop);
    found.count(face);
    return face;
  }

  private @Nullable Reply cutMany(
      Picture picture, long capturedAtMillis, FaceFinder cutting, List<CutFace> faces) {
    Picture timed =
        new Picture(0, 1000 * capturedAtMillis, picture.width(), picture.height(), picture.bgr());
    PeopleFinder people = stream.people(pipeline.faces());
    List<TrackedFace> seen;
    synchronized (people) {
      seen = people.find(timed, pipeline.detector());
    }
    for (TrackedFace one : seen) {
      Optional<String> inside = members.inside(one.number());
      if (inside.isPresent()) {
        CutFace face =
            new CutFace(
                inside.get(),
                members.outside(one.number()),
                one.box(),
                cutting.crop(picture, one.box(), one.face()));
        (one.face() == null ? pipeline.counters().carried : pipeline.counters().detected)
            .count(face);
        faces.add(face);
      }
    }
    if (!faces.isEmpty()) {
      return null;
    }
    return seen.isEmpty() ? NO_FACE : refused(Refusal.CONSENT_WITHDRAWN, Admission.WITHDRAWN);
  }

  private void publish(Job job, List<CutFace> faces) {
    Long wished = job.frame().sequence();
    if (wished != null && stream.isTooLate(wished)) {
      answer(
          job.whenKnown(),
          refused(
              Refusal.TOO_LATE,
              "the sequence is %d or more behind the newest of this stream"
                  .formatted(LiveStream.MAX_BEHIND)));
      return;
    }
    if (wished != null && stream.isRepeated(wished, pipeline.limits().framesPerFeed())) {
      answer(
          job.whenKnown(),
          refused(
              Refusal.TOO_LATE,
              "a frame of this sequence is on the topic already, so this one would be dropped; a feed"
                  + " that begins again publishes another stream, or goes on with its numbers"));
      return;
    }
    long sequence = stream.next(wished, pipeline.clock().millis());
    // Not the job, or its picture, which is much larger than the faces, would wait for the broker
    // too.
    Outcome outcome =
        new Outcome(job.whenKnown(), sequence, accepted(sequence, faces), faces.size());
    for (CutFace face : faces) {
      Frame frame =
          Frame.newBuilder()
              .setIdentity(new FrameIdentity(face.inside(), declared.stream(), sequence))
              .setCapturedAtMillis(job.frame().capturedAtMillis())
              .setImage(ByteBuffer.wrap(face.crop().jpeg()))
              .setQuality(face.crop().quality())
              .build();
      pipeline.publisher().publish(frame, declared.purpose(), declared.consent(), outcome::known);
    }
  }

  private Reply.Accepted accepted(long sequence, List<CutFace> faces) {
    List<Reply.SeenFace> seen = new ArrayList<>();
    for (CutFace face : faces) {
      Box box = face.box();
      if (declared.isOfMany() && box != null) {
        seen.add(new Reply.SeenFace(face.outside(), box, face.isReadable()));
      }
    }
    return new Reply.Accepted(
        sequence, seen, others, declared.isOfMany() || faces.get(0).isReadable());
  }

  /** What becomes of one picture's faces, which is known when all of theirs is. */
  private final class Outcome {
    private final Consumer<Reply> whenKnown;
    private final long sequence;
    private final Reply.Accepted accepted;
    private final AtomicInteger left;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Outcome(Consumer<Reply> whenKnown, long sequence, Reply.Accepted accepted, int faces) {
      this.whenKnown = whenKnown;
      this.sequence = sequence;
      this.accepted = accepted;
      this.left = new AtomicInteger(faces);
    }

    void known(@Nullable Exception one) {
      if (one != null) {
        failure.compareAndSet(null, one);
      }
      if (left.decrementAndGet() > 0) {
        return;
      }
      Exception failed = failure.get();
      if (failed == null) {
        stream.acknowledge(sequence);
        answer(whenKnown, accepted);
      } else {
        pipeline.notTaken(failed);
        answer(
            whenKnown, refused(Refusal.BUSY, "the broker does not take frames now; send it again"));
      }
    }
  }

  private void answer(Consumer<Reply> whenKnown, Reply reply) {
    synchronized (this) {
      unanswered--;
    }
    try {
      whenKnown.accept(reply);
    } catch (RuntimeException e) {
      LOG.error("A reply could not be handed on", e);
    }
    pipeline.ended();
  }

  /** Frames that wait are still handled. */
  @Override
  public synchronized void close() {
    closed = true;
    if (!running) {
      closeFinder();
    }
  }

  private void closeFinder() {
    if (closed && finder != null) {
      finder.close();
      finder = null;
    }
  }
}
