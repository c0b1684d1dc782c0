package io.paffmem.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.junit.jupiter.api.Test;

class SyntheticVideoTest {
  private static final SyntheticVideo.Format MINUTE = new SyntheticVideo.Format(160, 120, 10, 60);

  private final SyntheticPeople people = new SyntheticPeople(31);

  @Test
  void affect_overAMinute_staysInTheSquareAndVisitsEveryQuadrant() {
    for (int i = 0; i < 50; i++) {
      SyntheticVideo video = new SyntheticVideo(people.person(i), i, MINUTE);
      int[] visits = new int[4];
      for (int frame = 0; frame < video.frameCount(); frame++) {
        ShownAffect affect = video.affect(frame);
        if (Math.abs(affect.arousal()) > 0.25 && Math.abs(affect.valence()) > 0.25) {
          visits[(affect.arousal() > 0 ? 2 : 0) + (affect.valence() > 0 ? 1 : 0)]++;
        }
      }
      // A quadrant's fair share of a minute at 10 frames a second would be 150.
      for (int visit : visits) {
        assertThat(visit).as("video %d", i).isGreaterThan(15);
      }
    }
  }

  @Test
  void affect_fromFrameToFrame_movesSmoothly() {
    SyntheticVideo video = new SyntheticVideo(people.person(0), 1, MINUTE);

    for (int frame = 1; frame < video.frameCount(); frame++) {
      ShownAffect before = video.affect(frame - 1);
      ShownAffect now = video.affect(frame);
      assertThat(Math.abs(now.arousal() - before.arousal())).isLessThan(0.15f);
      assertThat(Math.abs(now.valence() - before.valence())).isLessThan(0.15f);
    }
  }

  @Test
  void frame_anyOrder_isAFunctionOfSeedAndIndex() {
    SyntheticVideo video = new SyntheticVideo(people.person(3), 7, MINUTE);
    SyntheticVideo again = new SyntheticVideo(new SyntheticPeople(31).person(3), 7, MINUTE);

    SyntheticVideo.LabelledFrame late = video.frame(200);
    video.frame(4);
    again.frame(0);

    assertThat(pixels(again.frame(200).image())).isEqualTo(pixels(late.image()));
    assertThat(again.frame(200).affect()).isEqualTo(late.affect());
    assertThat(late.offsetMillis()).isEqualTo(20_000);
    assertThat(again.faceCrop(200)).isEqualTo(video.faceCrop(200));
  }

  @Test
  void frame_otherSeedOrPerson_isAnotherVideo() {
    SyntheticVideo video = new SyntheticVideo(people.person(3), 7, MINUTE);

    assertThat(new SyntheticVideo(people.person(3), 8, MINUTE).affect(50))
        .isNotEqualTo(video.affect(50));
    assertThat(new SyntheticVideo(people.person(4), 7, MINUTE).affect(50))
        .isNotEqualTo(video.affect(50));
  }

  @Test
  void frameCount_rateTimesDuration_andNoFrameBeyond() {
    SyntheticVideo video =
        new SyntheticVideo(people.person(0), 1, new SyntheticVideo.Format(64, 64, 25, 2));

    assertThat(video.frameCount()).isEqualTo(50);
    assertThatThrownBy(() -> video.frame(50)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> video.affect(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void format_nonsense_isRefused() {
    assertThatThrownBy(() -> new SyntheticVideo.Format(640, 480, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SyntheticVideo.Format(640, 0, 25, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SyntheticVideo.Format(640, 480, 25, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] pixels(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
