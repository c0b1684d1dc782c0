package io.paffmem.ingest.publish;

import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.PersonName;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.FaceBox;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** One stream of one person: a call, a recording, one replay of it. Used by one thread. */
public final class FrameStream {
  private final FramePublisher publisher;
  private final String personId;
  private final String streamId;
  private long lastSequence = -1;

  FrameStream(FramePublisher publisher, String personId, String streamId) {
    this.publisher = publisher;
    this.personId = checkPerson(personId);
    this.streamId = checkName("streamId", streamId);
  }

  public String personId() {
    return personId;
  }

  public String streamId() {
    return streamId;
  }

  /**
   * Publishes one frame; returns before it is written.
   *
   * @param sequence 0 or more and larger than the one before; gaps are allowed
   * @param capturedAtMillis when the picture was taken, epoch milliseconds
   * @param image the face as JPEG or PNG; not to be changed until this returns
   * @param label the truth, where it is known
   * @throws IllegalArgumentException if the sequence does not grow or the image is empty
   * @throws FramePublishException if this frame or one before it could not be written
   * @throws InterruptException if the thread is interrupted while it waits for the broker; the
   *     frame is not published and the thread's interrupt status stays set
   */
  public void publish(long sequence, long capturedAtMillis, byte[] image, @Nullable Affect label) {
    publish(sequence, capturedAtMillis, image, null, label);
  }

  /**
   * Publishes one frame as {@link #publish(long, long, byte[], Affect)} does, of a picture that
   * shows more than the face.
   *
   * @param box where the face is; null if the image is the face
   */
  public void publish(
      long sequence,
      long capturedAtMillis,
      byte[] image,
      @Nullable FaceBox box,
      @Nullable Affect label) {
    publish(sequence, capturedAtMillis, image, box, null, label, false);
  }

  /**
   * Publishes one frame as {@link #publish(long, long, byte[], FaceBox, Affect)} does.
   *
   * @param quality how well the picture shows the face; null where nobody measured it
   * @param teaches whether its label teaches the person's memory, once the frame is answered
   */
  public void publish(
      long sequence,
      long capturedAtMillis,
      byte[] image,
      @Nullable FaceBox box,
      @Nullable FaceQuality quality,
      @Nullable Affect label,
      boolean teaches) {
    if (sequence <= lastSequence) {
      throw new IllegalArgumentException(
          "sequence " + sequence + " does not come after " + lastSequence + " of the same stream");
    }
    if (image.length == 0) {
      throw new IllegalArgumentException("the image of sequence " + sequence + " is empty");
    }
    publisher.publish(
        Frame.newBuilder()
            .setIdentity(
                FrameIdentity.newBuilder()
                    .setPersonId(personId)
                    .setStreamId(streamId)
                    .setSequence(sequence)
                    .build())
            .setCapturedAtMillis(capturedAtMillis)
            .setImage(ByteBuffer.wrap(image))
            .setFaceBox(box)
            .setLabel(label)
            .setQuality(quality)
            .build(),
        teaches);
    lastSequence = sequence;
  }

  /** As {@link FramePublisher#flush()}. */
  public void flush() {
    publisher.flush();
  }

  private static String checkPerson(String name) {
    checkName("personId", name);
    String kept = PersonName.canonical(name);
    PersonName.problem(kept)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("personId " + problem);
            });
    if (!kept.equals(name)) {
      throw new IllegalArgumentException(
          "personId is not in the form in which names are kept; see PersonName.canonical");
    }
    return name;
  }

  private static String checkName(String field, String name) {
    if (name.isEmpty() || name.length() > PersonKey.MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "%s has %d characters; allowed are 1 to %d"
              .formatted(field, name.length(), PersonKey.MAX_CHARACTERS));
    }
    return name;
  }
}
