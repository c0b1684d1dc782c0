package io.paffmem.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.video.Picture;
import io.paffmem.schemas.AvroSerdes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

final class EverybodyTest {
  private static final Box LEFT = new Box(10, 30, 40, 40);
  private static final Box RIGHT = new Box(140, 60, 50, 50);

  @Test
  void look_twoFaces_areTwoPeopleWithStreamsOfTheirOwn() {
    try (AvroSerdes serdes = AvroSerdes.inMemory();
        FramePublisher publisher =
            new FramePublisher(new MockProducer<>(), serdes, Clock.systemUTC());
        Watch watch =
            new Everybody(
                FaceConfig.defaults(),
                picture -> List.of(Face.at(LEFT), Face.at(RIGHT)),
                number -> publisher.stream("room/" + number, "run"))) {
      List<String> seen = new ArrayList<>();
      for (int index = 0; index < 3; index++) {
        for (Sight sight : watch.look(picture(index))) {
          seen.add(sight.stream().personId() + " at " + Math.round(sight.box().x()));
          assertThat(watch.crop(picture(index), sight).jpeg()).isNotEmpty();
        }
      }

      assertThat(seen)
          .containsExactly(
              "room/1 at 10",
              "room/2 at 140",
              "room/1 at 10",
              "room/2 at 140",
              "room/1 at 10",
              "room/2 at 140");
      FrameStream first = watch.look(picture(3)).get(0).stream();
      assertThat(watch.look(picture(4)).get(0).stream()).isSameAs(first);
      assertThat(watch.others()).isZero();
    }
  }

  private static Picture picture(int index) {
    byte[] bgr = new byte[3 * 200 * 160];
    new Random(1).nextBytes(bgr);
    return new Picture(index, index * 40_000L, 200, 160, bgr);
  }
}
