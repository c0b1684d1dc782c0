package io.paffmem.ingest.video;

import static io.paffmem.ingest.video.FfmpegProgram.CORNER;
import static io.paffmem.ingest.video.FfmpegProgram.MOVING;
import static io.paffmem.ingest.video.FfmpegProgram.all;
import static io.paffmem.ingest.video.FfmpegProgram.make;
import static io.paffmem.ingest.video.FfmpegProgram.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.SharedData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people have that no camera should have written; made here by the FFmpeg in the box. */
@Timeout(300)
final class OddVideosTest {
  private static final int PICTURES = 30;
  private static final long STEP_MICROS = 40_000;

  @TempDir Path folder;

  // ---- times

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "usual.mp4, -c:v mpeg4",
    "no_timestamps.h264, -c:v libopenh264 -f h264",
    "no_timestamps.m4v, -c:v mpeg4 -f m4v",
    "begins_at_10h.ts, -c:v libopenh264 -output_ts_offset 36000",
    "begins_at_10h.mkv, -c:v libopenh264 -output_ts_offset 36000",
    "begins_below_zero.mkv, -c:v libopenh264 -output_ts_offset -0.4 -avoid_negative_ts disabled",
    "all_at_one_time.mov, -c:v mjpeg -bsf:v setts=pts=0:dts=N:duration=0"
  })
  void next_oddTimes_areRisingFromTheBeginning(String name, String arguments) throws Exception {
    Path file = make(folder.resolve(name), all(MOVING, words(arguments)));

    assertTimesAreRebuilt(micros(file));
  }

  @Test
  void next_twoRecordingsJoined_goOnFromTheFirst() throws Exception {
    byte[] one =
        Files.readAllBytes(make(folder.resolve("one.ts"), all(MOVING, words("-c:v libopenh264"))));
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);

    List<Long> micros = micros(Files.write(folder.resolve("two.ts"), two));

    assertThat(micros.size()).isBetween(2 * PICTURES - 2, 2 * PICTURES);
    assertRising(micros);
    assertThat(micros.get(micros.size() - 1)).isLessThan((2 * PICTURES + 5) * STEP_MICROS);
  }

  @ParameterizedTest
  @CsvSource({
    "smile_no_timestamps.h264",
    "two_recordings_joined.ts",
    "start_at_10h.ts",
    "negative_pts.mkv"
  })
  void next_oddTimesOfSharedInputs_areRisingFromTheBeginning(String name) {
    List<Long> micros = micros(SharedData.oddInput(name));

    assertThat(micros).isNotEmpty();
    assertRising(micros);
    assertThat(micros.get(0)).isBetween(0L, 2 * STEP_MICROS);
    assertThat(micros.get(micros.size() - 1)).isLessThan(3_000_000);
  }

  private static void assertTimesAreRebuilt(List<Long> micros) {
    assertThat(micros.size()).isBetween(PICTURES - 1, PICTURES);
    assertRising(micros);
    assertThat(micros.get(0)).isBetween(0L, STEP_MICROS);
    assertThat(micros.get(micros.size() - 1))
        .isBetween((PICTURES - 3) * STEP_MICROS, (PICTURES + 2) * STEP_MICROS);
  }

  private static void assertRising(List<Long> micros) {
    for (int i = 1; i < micros.size(); i++) {
      assertThat(micros.get(i)).isGreaterThan(micros.get(i - 1));
    }
  }

  private static List<Long> micros(Path file) {
    List<Long> micros = new ArrayList<>();
    try (VideoFile video = VideoFile.open(file)) {
      for (Picture picture = video.next(); picture != null; picture = video.next()) {
        micros.add(picture.timestampMicros());
      }
    }
    return micros;
  }

  // ---- how a picture is shown

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "as stored, ''",
    "a quarter, -display_rotation 90",
    "a half, -display_rotation 180",
    "three quarters, -display_rotation 270",
    "mirrored, -display_hflip",
    "upside down, -display_vflip",
    "mirrored and a quarter, -display_rotation 90 -display_hflip",
    "mirrored and three quarters, -display_rotation 270 -display_hflip"
  })
  void next_displayMatrix_isAppliedAsAPlayerDoes(String what, String matrix) throws Exception {
    Path stored = make(folder.resolve("stored.mp4"), all(CORNER, words("-c:v mpeg4 -q:v 2")));
    Path turned =
        make(
            folder.resolve("turned.mp4"),
            all(words(matrix), List.of("-i", stored.toString()), words("-c copy")));
    byte[] shown =
        Files.readAllBytes(
            make(
                folder.resolve("shown.bgr"),
                all(
                    List.of("-i", turned.toString()),
                    words("-frames:v 1 -f rawvideo -pix_fmt bgr24"))));

    try (VideoFile video = VideoFile.open(turned)) {
      Picture picture = video.next();

      assertThat(picture).isNotNull();
      assertThat(picture.bgr()).as(what).hasSameSizeAs(shown);
      assertThat(meanDifference(picture.bgr(), shown)).as(what).isLessThan(3);
    }
  }

  private static double meanDifference(byte[] one, byte[] other) {
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
    }
    return (double) sum / one.length;
  }

  @ParameterizedTest
  @CsvSource({"2/1, 256, 96", "1/2, 128, 192", "1/1, 128, 96", "12/11, 140, 96"})
  void next_pixelsThatAreNotSquare_areStretched(String aspect, int width, int height)
      throws Exception {
    Path file =
        make(
            folder.resolve("aspect.mp4"),
            all(MOVING, List.of("-vf", "setsar=" + aspect), words("-c:v mpeg4")));

    try (VideoFile video = VideoFile.open(file)) {
      Picture picture = video.next();

      assertThat(picture).isNotNull();
      assertThat(picture.width()).isEqualTo(width);
      assertThat(picture.height()).isEqualTo(height);
    }
  }

  // ---- which stream

  /** The first stream has black pictures, the second white ones. */
  @ParameterizedTest(name = "{0} {2}")
  @CsvSource({
    "second_is_default.mp4, -disposition:v:0 0 -disposition:v:1 default, , 255",
    "second_is_default.mkv, -disposition:v:0 0 -disposition:v:1 default, , 255",
    "first_is_default.mkv, -disposition:v:0 default -disposition:v:1 0, , 0",
    "first_is_cover.mp4, -c:v:0 mjpeg -frames:v:0 1 -disposition:v:0 attached_pic, , 255",
    "chosen.mkv, -disposition:v:0 0 -disposition:v:1 default, 1, 0",
    "chosen.mkv, -disposition:v:0 default -disposition:v:1 0, 2, 255"
  })
  void next_severalStreams_theOneThatPlayersShowOrThatIsWished(
      String name, String dispositions, @Nullable Integer wished, int level) throws Exception {
    Path file =
        make(
            folder.resolve(name),
            all(
                words("-f lavfi -i color=black:size=64x48:rate=25:duration=0.4"),
                words("-f lavfi -i color=white:size=64x48:rate=25:duration=0.4"),
                words("-map 0 -map 1 -c:v mpeg4 -q:v 2"),
                words(dispositions)));

    try (VideoFile video = VideoFile.open(file, wished)) {
      Picture picture = video.next();

      assertThat(picture).isNotNull();
      assertThat(picture.bgr()[3 * (24 * 64 + 32)] & 0xFF).isCloseTo(level, byAtMost(8));
    }
  }

  private static org.assertj.core.data.Offset<Integer> byAtMost(int levels) {
    return org.assertj.core.data.Offset.offset(levels);
  }

  @Test
  void open_streamThatIsNotThere_saysHowManyThereAre() throws Exception {
    Path file = make(folder.resolve("one.mp4"), all(MOVING, words("-c:v mpeg4")));

    assertThatThrownBy(() -> VideoFile.open(file, 2))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("holds 1 video streams, so there is no stream 2");
  }

  @Test
  void open_songWithACover_isNoVideo() throws Exception {
    Path file =
        make(
            folder.resolve("song.mp3"),
            all(
                words("-f lavfi -i sine=duration=1 -f lavfi -i color=size=64x64:duration=0.04"),
                words("-map 0 -map 1 -c:v mjpeg -disposition:v attached_pic")));

    assertThatThrownBy(() -> VideoFile.open(file))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("holds no video stream (a cover is none)");
  }

  // ---- the end

  /** None of these lacks anything, though some look so by their head. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "whole.mp4, -c:v mpeg4",
    "fragmented.mp4, -c:v libopenh264 -movflags frag_keyframe+empty_moov",
    "with_b_pictures.mp4, -c:v mpeg4 -bf 2",
    "with_b_pictures.avi, -c:v mpeg4 -bf 2",
    "whole.mkv, -c:v libopenh264",
    "whole.webm, -c:v libvpx",
    "whole.ts, -c:v libopenh264",
    "whole.flv, -c:v flv1",
    "whole.mpg, -c:v mpeg1video",
    "whole.nut, -c:v ffv1",
    "whole.wmv, -c:v msmpeg4",
    "whole.gif, ''",
    "sound_goes_on.mkv, -f lavfi -i sine=duration=4 -c:v libopenh264",
    "sound_goes_on.mp4, -f lavfi -i sine=duration=4 -c:v libopenh264",
    "pictures_go_on.mkv, -f lavfi -i sine=duration=0.2 -c:v libopenh264"
  })
  void shortfall_wholeRecording_isNone(String name, String arguments) throws Exception {
    Path file = make(folder.resolve(name), all(MOVING, words(arguments)));

    assertThat(shortfall(file)).isEmpty();
  }

  @Test
  void shortfall_partThatWasCutOutWithoutDecoding_isNone() throws Exception {
    Path whole = make(folder.resolve("whole.mp4"), all(MOVING, words("-c:v mpeg4 -bf 2 -g 10")));
    Path part =
        make(
            folder.resolve("part.mp4"),
            all(words("-ss 0.5"), List.of("-i", whole.toString()), words("-t 0.5 -c copy")));

    assertThat(shortfall(part)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "cut.mp4, -c:v mpeg4 -q:v 2 -movflags faststart",
    "cut.mkv, -c:v mpeg4 -q:v 2",
    "cut.avi, -c:v mpeg4 -q:v 2",
    "cut.mov, -c:v mjpeg -movflags faststart"
  })
  void shortfall_cutOff_isToldWithHowManyPicturesCame(String name, String arguments)
      throws Exception {
    byte[] whole =
        Files.readAllBytes(make(folder.resolve("whole-" + name), all(MOVING, words(arguments))));
    Path cut = Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));

    assertThat(shortfall(cut)).matches("ended after \\d+ of about 30 pictures.*, incomplete");
  }

  @Test
  void shortfall_damagedInTheMiddle_isToldAndTheDamageIsLeftOut() throws Exception {
    Path file =
        make(
            folder.resolve("damaged.mp4"),
            all(MOVING, words("-c:v libopenh264 -movflags faststart")));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length / 2; i < bytes.length / 2 + bytes.length / 10; i++) {
      bytes[i] = (byte) (31 * i);
    }
    Files.write(file, bytes);

    assertThat(shortfall(file)).matches(".*damaged.*incomplete");
  }

  @ParameterizedTest
  @CsvSource({
    "cut_faststart.mp4, ended after 17 of about 36 pictures",
    "damaged_middle.mp4, damaged pictures"
  })
  void shortfall_sharedInputs_isTold(String name, String part) {
    assertThat(shortfall(SharedData.oddInput(name))).contains(part).endsWith("incomplete");
  }

  private static String shortfall(Path file) {
    try (VideoFile video = VideoFile.open(file)) {
      int pictures = 0;
      while (video.next() != null) {
        pictures++;
        assertThat(video.shortfall()).isEmpty();
      }
      assertThat(pictures).isPositive();
      return video.shortfall().orElse("");
    }
  }

  // ---- what is no recording

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "script.mp4, 'ffconcat version 1.0\nfile neighbour.mp4\n'",
    "playlist.mp4, '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.2,\nneighbour.mp4\n#EXT-X-ENDLIST\n'",
    "playlist.m3u8, '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.2,\nneighbour.mp4\n#EXT-X-ENDLIST\n'",
    "session.sdp, 'v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 26\n'"
  })
  void open_scriptThatNamesOtherFiles_isRefused(String name, String text) throws Exception {
    make(folder.resolve("neighbour.mp4"), all(MOVING, words("-c:v mpeg4")));
    Path script = Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> VideoFile.open(script))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("scripts are no videos");
  }

  @ParameterizedTest
  @CsvSource({"one.jpg", "one.png", "many%03d.png"})
  void open_photograph_isRefused(String name) throws Exception {
    make(
        folder.resolve(name),
        all(MOVING, words(name.contains("%") ? "" : "-frames:v 1 -update 1")));

    assertThatThrownBy(() -> VideoFile.open(folder.resolve(name)))
        .isInstanceOf(VideoException.class);
  }
}
