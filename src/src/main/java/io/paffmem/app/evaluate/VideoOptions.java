package io.paffmem.app.evaluate;

import io.paffmem.app.options.MoodOption;
import io.paffmem.ingest.synthetic.Camera;
import io.paffmem.ingest.synthetic.Mood;
import io.paffmem.start.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Of whom synthetic videos are rendered, and what they show. */
final class VideoOptions {
  @Option(
      names = "--people",
      paramLabel = "N",
      description = "Synthetic people; default ${DEFAULT-VALUE}.")
  private int people = 20;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of each synthetic person's video; default ${DEFAULT-VALUE}.")
  private double seconds = 60;

  int people() {
    return people;
  }

  double seconds() {
    return seconds;
  }

  void check(Problems problems) {
    problems.addIf(people < 1 || people > 10_000, "--people is %s, must be 1 to 10000", people);
    problems.addIf(
        !(seconds > 0 && seconds <= 3600),
        "--seconds is %s, must be above 0, at most 3600",
        seconds);
  }

  /** What else may be set where nothing but videos is evaluated. */
  static final class Conditions {
    @Option(
        names = "--mood",
        split = ",",
        paramLabel = "roam|call|one|drift",
        converter = MoodOption.class,
        description =
            "What synthetic people feel along time. roam: round the whole square. call: near"
                + " neutral, with bursts of seconds. one: one mood all along. drift: a mood that"
                + " changes over minutes. Several, by commas; the videos of these alone are"
                + " evaluated. Default: all that 'evaluate' measures, on roam, and a table of all"
                + " moods.")
    private List<Mood> moods = new ArrayList<>();

    @Option(
        names = "--rate",
        paramLabel = "FPS",
        description = "Frames a second of synthetic videos; default: 25.")
    private @Nullable Double rate;

    @Option(
        names = "--camera",
        paramLabel = "steady|restless",
        converter = CameraOption.class,
        description =
            "restless: heads turn to half profile for seconds, and boxes jump as a face finder's."
                + " Default: steady.")
    private @Nullable Camera camera;

    @Option(
        names = "--then",
        paramLabel = "other-scene|other-person",
        converter = ThenOption.class,
        description =
            "What comes a day after each person's video, under the same name: another room and"
                + " light and other glasses, or somebody else. The table is of this second video.")
    private Shooting.@Nullable Then then;

    /** Whether another video comes afterwards. */
    boolean hasSecond() {
      return then != null;
    }

    /** Whether something is set that only videos have. */
    boolean isWished() {
      return !moods.isEmpty() || rate != null || camera != null || then != null;
    }

    /** The videos of each mood. */
    List<Shooting> shootings(double seconds, boolean isTaught) {
      Shooting shooting =
          new Shooting(
              Mood.ROAM,
              camera == null ? Camera.STEADY : camera,
              rate == null ? 25 : rate,
              seconds,
              then == null ? Shooting.Then.NOTHING : then,
              isTaught);
      List<Mood> all = moods.isEmpty() ? List.of(Mood.values()) : moods;
      return all.stream().distinct().map(shooting::with).toList();
    }

    void check(Problems problems) {
      problems.addIf(
          rate != null && !(rate > 0 && rate <= 60),
          "--rate is %s, must be above 0, at most 60",
          rate);
    }
  }

  /** What memories are taught before they are compared. */
  static final class Taught {
    static final String NEUTRAL = "neutral";

    @Option(
        names = "--teach",
        split = ",",
        paramLabel = "neutral|N",
        description =
            "Compare the memory with itself, taught. neutral: three seconds of the person's face at"
                + " rest. N: so many labels; of photographs the first N of each person, of synthetic"
                + " people so many that are spread over the square, from two videos the days"
                + " before. Several, by commas.")
    private List<String> lessons = new ArrayList<>();

    List<String> lessons() {
      return lessons;
    }

    boolean isWished() {
      return !lessons.isEmpty();
    }

    /** Labels of one of these, 0 of a face at rest. */
    static int labels(String lesson) {
      return lesson.equals(NEUTRAL) ? 0 : Integer.parseInt(lesson);
    }

    /** The most labels of all of these. */
    int mostLabels() {
      return lessons.stream().mapToInt(Taught::labels).max().orElse(0);
    }

    void check(Problems problems) {
      for (String lesson : lessons) {
        problems.addIf(
            !lesson.equals(NEUTRAL) && !lesson.matches("[1-9]|[1-5][0-9]|6[0-4]"),
            "--teach is %s, must be neutral or 1 to 64",
            lesson);
      }
    }
  }

  private static <E extends Enum<E>> E named(Class<E> type, String text, String known) {
    for (E each : type.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return each;
      }
    }
    throw new TypeConversionException("expected one of " + known + " but was '" + text + "'");
  }

  static final class CameraOption implements ITypeConverter<Camera> {
    @Override
    public Camera convert(String text) {
      return named(Camera.class, text, "steady, restless");
    }
  }

  static final class ThenOption implements ITypeConverter<Shooting.Then> {
    @Override
    public Shooting.Then convert(String text) {
      return named(Shooting.Then.class, text, "nothing, other-scene, other-person");
    }
  }
}
