package io.paffmem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Ran;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.prior.TinyPrior;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data sets of people who do not exist, in the layouts of the real ones, through everything. */
@Tag("broker")
@Timeout(900)
final class ReplayDatasetTest {
  private static final int PICTURES = 20;
  private static final String HEADER =
      "link,start,end,video,utterance,arousal,valence,EmotionMaxVote\n";
  private static final String FIRST = "l?v=A,0,0.4,one,utterance_1.mp4,0.2,0.5,3\n";
  private static final String SECOND = "l?v=A,0.4,0.8,one,utterance_2.mp4,0.8,-0.5,0\n";

  /** Cut from a longer video, of which a part is between the two. */
  private static final String THIRD = "l?v=B,0,0.28,two,utterance_1.mp4,0.4,0.1,4\n";

  private static final String FOURTH = "l?v=B,0.4,0.8,two,utterance_2.mp4,0.6,0.3,4\n";
  private static final String DARK = "l?v=C,0,0.4,three,utterance_1.mp4,0.6,0.3,4\n";
  private static final String GONE = "l?v=D,0,0.4,four,utterance_1.mp4,0.6,0.3,4\n";
  private static final String UNRATED = "l?v=A,0.8,1,one,utterance_3.mp4,,,\n";

  @TempDir private Path folder;

  @Test
  void replay_omgBrokenOff_goesOnAndNothingIsDoubled() throws IOException {
    Path model = TinyPrior.write(folder.resolve("model"), 50);
    Path omg = Files.createDirectories(folder.resolve("omg"));
    video(Files.createDirectories(omg.resolve("videos/one")).resolve("utterance_1.mp4"), 0, 10);
    video(omg.resolve("videos/one/utterance_2.mp4"), 0, 10);
    video(omg.resolve("videos/B.mp4"), 1, PICTURES);
    video(Files.createDirectories(omg.resolve("videos/three")).resolve("utterance_1.mp4"), -1, 5);
    Path data = folder.resolve("data");

    // Only the first utterance and a part of the second video are there at first.
    Files.writeString(omg.resolve("omg.csv"), HEADER + FIRST + THIRD);
    Ran begun = replay(omg, model, data);
    Files.writeString(
        omg.resolve("omg.csv"), HEADER + FIRST + SECOND + THIRD + FOURTH + DARK + GONE + UNRATED);
    Ran rest = replay(omg, model, data);
    Ran again = replay(omg, model, data);

    // 0.28 s are the pictures 0 to 6, 0.4 to 0.8 s are the pictures 10 to 19.
    assertThat(begun.out()).contains("17 faces published", "left out: nothing");
    assertThat(rest.out())
        .contains("left out: 1 missing_file, 1 no_face, 1 no_label")
        .contains("5 pictures without a face");
    assertThat(again.out()).contains("0 faces published");
    for (Ran ran : List.of(rest, again)) {
      assertThat(ran.out()).contains("of 2 videos; 0 without a label, 0 twice");
    }
    assertThat(rest.out()).contains("20 faces published", "0 lost, 0 duplicated, 0 dead letters");
    assertThat(Files.readAllLines(folder.resolve("predictions.csv")))
        .extracting(line -> line.replaceAll(",[-0-9.]+,[-0-9.]+$", ""))
        .containsExactly(
            "video,utterance,arousal,valence",
            "one,utterance_1.mp4",
            "one,utterance_2.mp4",
            "two,utterance_1.mp4",
            "two,utterance_2.mp4");

    // What came in between must not matter: only the order of a video's own utterances does.
    Files.writeString(omg.resolve("omg.csv"), HEADER + FIRST + SECOND + THIRD + FOURTH);
    Ran atOnce = replay(omg, model, folder.resolve("other"));
    assertThat(table(atOnce)).isEqualTo(table(rest)).isEqualTo(table(again));
  }

  @Test
  void replay_faces_publishesEachPictureWithItsLabel() throws IOException {
    Path model = TinyPrior.write(folder.resolve("model"), 50);
    Path faces = Files.createDirectories(folder.resolve("faces"));
    Files.createDirectories(faces.resolve("data"));
    Files.createDirectories(faces.resolve("images"));
    Files.writeString(
        faces.resolve("data/legend.csv"),
        """
        user.id,image,emotion
        1,Ann_0001.jpg,happiness
        1,Bo_0001.jpg,neutral
        1,Ann_0002.jpg,sadness
        1,Ann_0003.jpg,bliss
        1,Bo_0002.jpg,anger
        1,Bo_0003.jpg,fear
        """);
    SyntheticVideo video =
        new SyntheticVideo(
            new SyntheticPeople(1).heldOut(0), 1, new SyntheticVideo.Format(96, 96, 25, 1));
    for (String name : List.of("Ann_0001.jpg", "Bo_0001.jpg", "Ann_0002.jpg")) {
      ImageIO.write(video.frame(3).image(), "jpeg", faces.resolve("images/" + name).toFile());
    }
    Files.writeString(faces.resolve("images/Bo_0002.jpg"), "no picture");

    Ran ran =
        Ran.paffmem(
            "replay",
            faces.toString(),
            "--dataset",
            "faces",
            "--model",
            model.toString(),
            "--seeding-frames",
            "1");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("3 faces published")
        .contains("left out: 1 missing_file, 1 no_label, 1 not_jpeg_or_png")
        .contains("3 events with a label, of 2 videos");
  }

  @Test
  void replay_datasetWithWhatContradicts_refused() {
    assertThat(Ran.paffmem("replay", "--dataset", "omg").err()).contains("needs the folder");
    assertThat(Ran.paffmem("replay", "d", "--dataset", "omg", "--person", "ann").err())
        .contains("no --person");
    Ran.paffmem("replay", "d", "--dataset", "omg", "--speed", "real", "--run", "\u00e9t\u00e9")
        .assertRefused("--run must", "leave --speed real out");
    for (String option :
        List.of("--late=every", "--seconds=9", "--stall-timeout=9", "--give-up=9")) {
      Ran.paffmem("replay", folder.toString(), "--dataset", "omg", option)
          .assertRefused(option.split("=", -1)[0], "are for videos, cameras and streams");
    }
    Ran.paffmem("replay", folder.toString(), "--dataset", "omg")
        .assertRefused(folder.toString(), "is no OMG-Emotion");
    Ran.paffmem("replay", "v.mp4", "--person", "ann", "--split", "validation")
        .assertRefused("--split is for --dataset affectnet and ferplus");
    Ran.paffmem("replay", folder.toString(), "--dataset", "affectnet", "--split", "test")
        .assertRefused("--dataset affectnet has no --split test");
  }

  private Ran replay(Path omg, Path model, Path data) {
    Ran ran =
        Ran.paffmem(
            "replay",
            omg.toString(),
            "--dataset",
            "omg",
            "--model",
            model.toString(),
            "--seeding-frames",
            "2",
            "--data",
            data.toString(),
            "--predictions",
            folder.resolve("predictions.csv").toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    return ran;
  }

  private static String table(Ran ran) {
    return ran.out().substring(ran.out().indexOf("events with a label") - 5);
  }

  /** A synthetic person's video, or a dark one for a person below 0. */
  private static void video(Path file, int person, int pictures) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    SyntheticVideo.Format format = SyntheticVideo.Format.camera(pictures / 25.0);
    SyntheticVideo video =
        new SyntheticVideo(new SyntheticPeople(1).heldOut(Math.max(0, person)), 1, format);
    try (FFmpegFrameRecorder recorder =
            new FFmpegFrameRecorder(file.toString(), format.width(), format.height());
        Frame frame = new Frame(format.width(), format.height(), Frame.DEPTH_UBYTE, 3)) {
      recorder.setFormat("mp4");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
      recorder.setVideoQuality(2);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(format.framesPerSecond());
      recorder.start();
      for (int i = 0; i < pictures; i++) {
        BufferedImage image = video.frame(i).image();
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        ByteBuffer pixels = (ByteBuffer) frame.image[0];
        for (int y = 0; y < format.height(); y++) {
          byte[] row = new byte[3 * format.width()];
          if (person >= 0) {
            System.arraycopy(bgr, y * row.length, row, 0, row.length);
          }
          pixels.put(y * frame.imageStride, row);
        }
        recorder.record(frame);
      }
    }
  }
}
