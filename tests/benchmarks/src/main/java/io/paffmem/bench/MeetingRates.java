package io.paffmem.bench;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.ingest.people.PeopleFinder;
import io.paffmem.ingest.people.TrackConfig;
import io.paffmem.ingest.people.TrackedFace;
import io.paffmem.ingest.synthetic.SyntheticMeeting;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoWriter;
import java.awt.image.DataBufferByte;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well people keep their numbers in meetings of three who do not exist, of whom two walk past
 * each other and back: ten seconds of 640x480 at 25 pictures a second.
 *
 * @param kept meetings in which each of the three was seen under one number, and no two under the
 *     same
 * @param faces faces that were given a number
 * @param underAnother those that were not under the number that their person mostly had
 * @param tooMany numbers given beyond three a meeting
 * @param millis CPU time of finding and numbering, a picture
 */
public record MeetingRates(int kept, long faces, long underAnother, int tooMany, double millis) {
  private static final int PEOPLE = 3;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final long FIRST_SEED = 1_000;

  /** Measures that many meetings. */
  public static MeetingRates measure(FaceDetector detector, int meetings) {
    int kept = 0;
    long faces = 0;
    long underAnother = 0;
    int tooMany = 0;
    long nanos = 0;
    long pictures = 0;
    var threads = ManagementFactory.getThreadMXBean();
    for (int seed = 0; seed < meetings; seed++) {
      SyntheticMeeting meeting = meeting(seed, WIDTH, HEIGHT);
      PeopleFinder finder = new PeopleFinder(FaceConfig.defaults(), TrackConfig.defaults());
      Map<Integer, Map<Integer, Integer>> numbers = new HashMap<>();
      for (int index = 0; index < meeting.frameCount(); index++) {
        byte[] bgr = pixels(meeting, index);
        Picture picture = new Picture(index, index * 40_000L, WIDTH, HEIGHT, bgr);
        long begin = threads.getCurrentThreadCpuTime();
        List<TrackedFace> seen = finder.find(picture, detector);
        nanos += threads.getCurrentThreadCpuTime() - begin;
        pictures++;
        for (TrackedFace one : seen) {
          int person = whose(meeting.places(index), one.box());
          numbers
              .computeIfAbsent(person, any -> new HashMap<>())
              .merge(one.number(), 1, Integer::sum);
          faces++;
        }
      }
      boolean good = true;
      Set<Integer> used = new HashSet<>();
      for (int person = 0; person < PEOPLE; person++) {
        Map<Integer, Integer> under = numbers.getOrDefault(person, Map.of());
        int sum = under.values().stream().mapToInt(Integer::intValue).sum();
        int usual = under.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        underAnother += sum - usual;
        good &= under.size() == 1;
        used.addAll(under.keySet());
      }
      kept += good && used.size() == PEOPLE ? 1 : 0;
      tooMany += Math.max(0, finder.people() - PEOPLE);
    }
    return new MeetingRates(
        kept, faces, underAnother, tooMany, nanos / 1e6 / Math.max(1, pictures));
  }

  /**
   * Writes one of the meetings as a video, larger.
   *
   * @param file ends with .mp4, .mov or .mkv
   * @param seed which of them
   */
  public static void write(Path file, int seed) {
    SyntheticMeeting meeting = meeting(seed, 960, 540);
    try (VideoWriter writer = VideoWriter.create(file, 960, 540, 25)) {
      for (int index = 0; index < meeting.frameCount(); index++) {
        writer.write(pixels(meeting, index), 960, index * 40_000L);
      }
    }
  }

  private static SyntheticMeeting meeting(int seed, int width, int height) {
    SyntheticPeople all = new SyntheticPeople(FIRST_SEED + seed);
    return new SyntheticMeeting(
        List.of(all.person(0), all.person(1), all.person(2)),
        seed,
        new SyntheticVideo.Format(width, height, 25, 10));
  }

  private static byte[] pixels(SyntheticMeeting meeting, int index) {
    return ((DataBufferByte) meeting.frame(index).getRaster().getDataBuffer()).getData();
  }

  /** Who of those that can be seen there is there; -1 if nobody is. */
  private static int whose(List<SyntheticMeeting.Place> places, Box box) {
    int whose = -1;
    float best = 0.3f;
    for (int person = 0; person < places.size(); person++) {
      SyntheticMeeting.Place place = places.get(person);
      float overlap = new Box(place.x(), place.y(), place.side(), place.side()).overlap(box);
      // Of two in one place, the one in front.
      float seen = place.hidden() > 0.6f ? overlap / 2 : overlap;
      if (seen > best) {
        best = seen;
        whose = person;
      }
    }
    return whose;
  }
}
