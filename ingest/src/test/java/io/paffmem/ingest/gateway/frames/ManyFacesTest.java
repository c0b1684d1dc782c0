package io.paffmem.ingest.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.access.Pseudonyms;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.publish.LivePublisher;
import io.paffmem.ingest.synthetic.SyntheticMeeting;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream of many, from the picture to the records. */
final class ManyFacesTest {
  private static final long AT = 1_700_000_000_000L;

  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final LivePublisher publisher = new LivePublisher(producer, serdes, Clock.systemUTC());
  private final FramePipeline pipeline =
      new FramePipeline(
          Limits.defaults(), publisher, Clock.systemUTC(), null, new SimpleMeterRegistry());
  private final LiveStreams streams = new LiveStreams(30, System::nanoTime);
  private final Declaration declared =
      new Declaration("room", "s", 25, null, null, null, Declaration.PictureKind.MANY);
  private String blocked = "nobody";

  @AfterEach
  void close() {
    pipeline.close();
    publisher.close();
    serdes.close();
  }

  @Test
  void submit_pictureOfSeveral_publishesEachAsAPersonAndListsThem() throws Exception {
    byte[] picture = meeting(0);

    Reply first = submit(picture, 1, AT);
    Reply second = submit(picture, 2, AT + 40);

    assertThat(first).isInstanceOf(Reply.Accepted.class);
    List<Reply.SeenFace> faces = ((Reply.Accepted) first).faces();
    assertThat(faces.size()).isBetween(2, 3);
    assertThat(faces.get(0).person()).isEqualTo("room/1");
    assertThat(((Reply.Accepted) second).faces())
        .extracting(Reply.SeenFace::person)
        .isEqualTo(faces.stream().map(Reply.SeenFace::person).toList());
    List<String> published = published();
    assertThat(published).hasSize(2 * faces.size()).contains("room/1 1", "room/2 1", "room/1 2");
  }

  @Test
  void submit_oneOfThemNotToBeWatched_leavesThatOneOut() throws Exception {
    blocked = "room/1";

    Reply reply = submit(meeting(0), 1, AT);

    assertThat(((Reply.Accepted) reply).faces())
        .extracting(Reply.SeenFace::person)
        .contains("room/2")
        .doesNotContain("room/1");
    assertThat(published()).noneMatch(each -> each.startsWith("room/1 "));
  }

  @Test
  void hasUnreadable_anyOfThem_isSo() {
    Reply.SeenFace readable = new Reply.SeenFace("room/1", new Box(0, 0, 90, 90), true);
    Reply.SeenFace small = new Reply.SeenFace("room/2", new Box(100, 0, 12, 12), false);

    assertThat(new Reply.Accepted(1, List.of(readable), 0, true).hasUnreadable()).isFalse();
    assertThat(new Reply.Accepted(1, List.of(readable, small), 0, true).hasUnreadable()).isTrue();
    assertThat(new Reply.Accepted(1, List.of(), 0, false).hasUnreadable()).isTrue();
    assertThat(new Reply.Accepted(1).hasUnreadable()).isFalse();
  }

  @Test
  void submit_pictureWithoutAFace_isRefused() throws Exception {
    ByteArrayOutputStream grey = new ByteArrayOutputStream();
    ImageIO.write(new java.awt.image.BufferedImage(200, 200, 5), "png", grey);

    assertThat(submit(grey.toByteArray(), 1, AT))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.NO_FACE));
    assertThat(producer.history()).isEmpty();
  }

  private Reply submit(byte[] picture, long sequence, long capturedAtMillis) {
    Admission admission =
        new Admission(
            AccessTokens.ofRun("0123456789abcdef"),
            Demands.NONE,
            (person, consent) -> person.equals(blocked),
            Pseudonyms.none());
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    try (FrameLane lane = pipeline.lane(declared, admission, streams.of("room", "s"))) {
      lane.submit(new LiveFrame(picture, sequence, capturedAtMillis), reply::complete);
    }
    return reply.join();
  }

  private List<String> published() {
    List<String> all = new ArrayList<>();
    producer
        .history()
        .forEach(
            sent -> {
              Frame frame =
                  ((Decoded.Value<Frame>)
                          serdes.of(Frame.class).decode(Topics.FRAMES, sent.value()))
                      .value();
              all.add(frame.getIdentity().getPersonId() + " " + frame.getIdentity().getSequence());
            });
    return all;
  }

  private static byte[] meeting(int index) throws IOException {
    SyntheticPeople people = new SyntheticPeople(1);
    SyntheticMeeting meeting =
        new SyntheticMeeting(
            List.of(people.person(0), people.person(1), people.person(2)),
            1,
            new SyntheticVideo.Format(640, 480, 25, 4));
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(meeting.frame(index), "jpg", jpeg);
    return jpeg.toByteArray();
  }
}
