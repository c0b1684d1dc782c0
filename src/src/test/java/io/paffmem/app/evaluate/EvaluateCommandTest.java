package io.paffmem.app.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.app.FewPhotographs;
import io.paffmem.app.Ran;
import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.Evaluation;
import io.paffmem.evaluation.memory.Streams;
import io.paffmem.evaluation.prior.ImaginedIdentity;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.TinyPrior;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.stage.SeedLayout;
import io.paffmem.start.StartException;
import io.paffmem.training.faces.FaceSet;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("model")
@Timeout(600)
final class EvaluateCommandTest {
  private static final Path RECORDING =
      Path.of("..", "..", "shared", "recordings", "single_face.mp4");

  @TempDir private Path folder;

  @Test
  void ferplus_priorOnly_agreementByExpressionInTextAndJson() throws IOException {
    FewPhotographs.writeFerPlus(folder.resolve("ferplus"));
    Path summary = folder.resolve("summary.json");

    Ran ran =
        Ran.paffmem(
            "evaluate",
            "--dataset=ferplus",
            folder.resolve("ferplus").toString(),
            "--prior-only",
            "--model=" + TinyPrior.write(folder.resolve("pk")),
            "--summary=" + summary);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("on ferplus: 4 faces of 4 people; left out: 1 few_votes")
        .containsPattern("happiness +2 +\\+0\\.35")
        .containsPattern("sadness +2 +-0\\.19")
        .doesNotContain("memory", "geometry", "how sure");
    JsonNode json = new ObjectMapper().readTree(summary.toFile());
    assertThat(json.at("/rows").asInt()).isEqualTo(4);
    // Five of nine votes for the sad ones, the others for neutral.
    assertThat(json.at("/perClass/sadness/label/valence").asDouble())
        .isCloseTo(-0.7 * 5 / 9, Offset.offset(1e-6));
    assertThat(json.at("/certainty").isNull()).isTrue();
  }

  @Test
  void ferplus_badOptions_allSaidAtOnce() {
    Ran ran =
        Ran.paffmem(
            "evaluate", "--dataset=ferplus", folder.toString(), "--split=test", "--min-images=3");

    assertThat(ran.status()).isNotZero();
    assertThat(ran.err())
        .contains("add --prior-only")
        .contains("--validation-of, --min-images and --max-images are for --dataset faces");
  }

  @Test
  void synthetic_twoPeople_everyFigureInTextAndJson() throws IOException {
    Path summary = folder.resolve("summary.json");

    Ran ran =
        Ran.paffmem(
            "evaluate",
            "--dataset=synthetic",
            "--people=2",
            "--seconds=8",
            "--seeding-frames=3",
            "--figure=" + folder.resolve("figure.svg"),
            "--summary=" + summary);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("on synthetic: 400 faces of 2 people", "CCC, 95 % of people")
        .contains("variance within a person explained", "imagined and true change of z")
        .contains("PK joined in time", "PK joined, running mean and variance matched")
        .contains("memory, the paper's plain setting", "arousal high, valence")
        .containsPattern("synthetic-1 +200 +0\\.\\d{3} .* \\d{2,3} +\\d{2,3}\\R")
        .doesNotContain("more people")
        .doesNotContain("left out", "without neutral", "NaN");
    JsonNode json = new ObjectMapper().readTree(summary.toFile());
    assertThat(json.at("/rows").asInt()).isEqualTo(400);
    assertThat(json.at("/people").asInt()).isEqualTo(2);
    // The PK in the box was trained on such faces, not on these.
    assertThat(json.at("/ccc/prior/arousal").asDouble()).isBetween(0.6, 1.0);
    assertThat(json.at("/ccc/prior/valence").asDouble()).isBetween(0.6, 1.0);
    assertThat(json.at("/rareCcc/prior/valence").isNull()).isTrue();
    assertThat(json.at("/ccc/memory/arousal").asDouble()).isBetween(0.6, 1.0);
    assertThat(json.at("/ccc/memory/valence").asDouble()).isBetween(0.5, 1.0);
    assertThat(json.at("/perClass").size()).isBetween(3, 9);
    assertThat(folder.resolve("figure.svg")).content().startsWith("<svg");
    JsonNode person = json.at("/perPerson/synthetic-1");
    assertThat(person.at("/rows").asInt()).isEqualTo(200);
    assertThat(person.at("/ccc/memory/arousal").isNumber()).isTrue();
    assertThat(person.at("/neurons").asInt()).isBetween(10, 512);
    assertThat(json.at("/memory/seededShare").asDouble()).isEqualTo(1);
    assertThat(json.at("/memory/rows").size()).isEqualTo(10);
    assertThat(json.at("/memory/rows/0/gapClosed/arousal").asDouble()).isZero();
    JsonNode geometry = json.at("/geometry");
    assertThat(geometry.at("/rows").asInt()).isEqualTo(2 * 9 * 4);
    assertThat(geometry.at("/sd/minimum").asDouble()).isBetween(0.0, 1.0);
    assertThat(geometry.at("/explained").asDouble()).isBetween(0.1, 1.0);
    assertThat(geometry.at("/auc").asDouble()).isBetween(0.5, 1.0);
    // A step of 40 ms moves z less than a pixel does, that less than imagining.
    double nextFrame = geometry.at("/nextFrame").asDouble();
    double pixelShift = geometry.at("/pixelShift").asDouble();
    assertThat(nextFrame).isPositive().isLessThan(pixelShift);
    assertThat(pixelShift).isLessThan(geometry.at("/reencoding").asDouble());
    JsonNode changes = json.at("/imagined/changes");
    assertThat(changes.at("/faces").asInt()).isEqualTo(6);
    assertThat(changes.at("/cells").size()).isEqualTo(25);
    assertThat(changes.at("/cosine").asDouble()).isBetween(0.2, 1.0);
    assertThat(changes.at("/minimumCosine").asDouble())
        .isLessThan(changes.at("/cosine").asDouble());
    ran.assertNothingLeft();
  }

  @Test
  void faces_someRowsUseless_leftOutAndCounted() throws IOException {
    FewPhotographs.write(folder);
    Path summary = folder.resolve("summary.json");

    Ran ran =
        Ran.paffmem(
            "evaluate",
            "--dataset=faces",
            folder.toString(),
            "--seeding-frames=1",
            "--summary=" + summary);

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("on faces: 12 faces of 3 people; left out:", "1 missing", "1 unreadable")
        .contains("1 of unknown expression", "1 malformed", "CCC without neutral, happiness")
        .doesNotContain("trained on");
    JsonNode json = new ObjectMapper().readTree(summary.toFile());
    assertThat(json.at("/leftOut/unreadable").asInt()).isEqualTo(1);
    assertThat(json.at("/perClass/happiness/count").asInt()).isEqualTo(6);
    assertThat(json.at("/perClass/sadness/label/valence").asDouble()).isCloseTo(-0.7, rounding());
    assertThat(json.at("/geometry/people").asInt()).isEqualTo(3);
    assertThat(json.at("/geometry/nextFrame").isNull()).isTrue();
    // One label is left, and it is constant.
    assertThat(json.at("/rareCcc/prior/valence").isNull()).isTrue();
    assertThat(json.at("/imagined/changes").isNull()).isTrue();
  }

  @Test
  void faces_recording_measuresItsFrames() throws IOException {
    assumeTrue(Files.exists(RECORDING), "not tested: there is no " + RECORDING);
    FewPhotographs.write(folder);

    Ran ran =
        Ran.paffmem(
            "evaluate",
            "--dataset=faces",
            folder.toString(),
            "--seeding-frames=1",
            "--video=" + RECORDING);

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).containsPattern("next video frame +0\\.0");
  }

  @Test
  void photographs_validationOf_onlyThoseKeptFromTraining() throws IOException {
    FewPhotographs.write(folder);
    List<String> kept =
        List.of("Ann", "Bob", "Cy").stream()
            .filter(person -> FaceSet.isValidation(person, 0.15, 6))
            .toList();

    Evaluation evaluation = photographs(6L, null);

    assertThat(kept).hasSizeBetween(1, 2);
    assertThat(evaluation.people()).isEqualTo(kept.size());
    assertThat(evaluation.leftOut().get("trainedOn")).isPositive();
  }

  @Test
  void photographs_validationOfNobody_saysSo() throws IOException {
    FewPhotographs.write(folder);
    long seed = 1;
    while (keeps(seed)) {
      seed++;
    }
    long nobody = seed;

    assertThatThrownBy(() -> photographs(nobody, null))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no usable row of the people kept for validation");
  }

  @Test
  void photographs_identityModel_comparesImaginedFacesWithTheOtherPictures() throws IOException {
    FewPhotographs.write(folder);

    Evaluation.Imagined imagined = photographs(null, new MeanBrightness()).imagined();

    assertThat(imagined.changes()).isNull();
    assertThat(imagined.grain().faces()).isEqualTo(12);
    assertThat(imagined.grain().imaginedOverTrue()).isPositive();
    ImaginedIdentity.Shares shares = imagined.identity();
    assertThat(shares).isNotNull();
    assertThat(shares.people()).isEqualTo(3);
    assertThat(shares.faces()).isEqualTo(75);
    assertThat(shares.trueAboveAnother()).isBetween(0.0, 1.0);
  }

  @Test
  void faces_shuffled_everyFaceOnceAShuffleAndTheSameForTheSameSeed() throws IOException {
    FewPhotographs.write(folder);
    Path summary = folder.resolve("summary.json");
    String[] command = {
      "evaluate",
      "--dataset=faces",
      folder.toString(),
      "--shuffles=2",
      "--min-images=4",
      "--seeding-frames=1",
      "--decisions",
      "--summary=" + summary
    };

    Ran ran = Ran.paffmem(command);
    String first = Files.readString(summary);
    Ran.paffmem(command);

    assertThat(ran.status()).as(ran.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(first);
    // Ann has a fifth picture, which cannot be read.
    assertThat(json.at("/rows").asInt()).isEqualTo(2 * 12);
    assertThat(json.at("/perPerson/Bob/rows").asInt()).isEqualTo(2 * 4);
    assertThat(ran.out()).contains("1 neighbours", "the authors' published setting");
    assertThat(Files.readString(summary)).isEqualTo(first);
    Ran.paffmem("evaluate", "--dataset=faces", folder.toString(), "--min-images=6")
        .assertRefused("no usable row of people who have 6 pictures");
    Ran.paffmem("evaluate", "--dataset=faces", folder.toString(), "--max-images=3")
        .assertRefused("no usable row of people who have 3 at most");
  }

  @Test
  void faces_memorySettings_changeTheMemoryAndNotThePk() throws IOException {
    FewPhotographs.write(folder);
    Path file = Files.writeString(folder.resolve("m.properties"), "reading.rule = LABELS\n");
    Path summary = folder.resolve("summary.json");

    Ran ran =
        Ran.paffmem(
            "evaluate",
            "--dataset=faces",
            folder.toString(),
            "--min-images=4",
            "--max-images=4",
            "--seeding-frames=1",
            "--memory-settings=" + file,
            "--summary=" + summary);

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("of people with too many");
    JsonNode json = new ObjectMapper().readTree(summary.toFile());
    assertThat(json.at("/people").asInt()).isEqualTo(2);
    // As it ships, a memory leaves faces that stand alone to its PK.
    assertThat(json.at("/ccc/memory")).isNotEqualTo(json.at("/ccc/prior"));
  }

  @Test
  void moods_aTableEach_withMinutesOfLongVideos() throws Exception {
    Path summary = folder.resolve("summary.json");
    Ran ran =
        Ran.paffmem(
            "evaluate",
            "--dataset=synthetic",
            "--people=2",
            "--mood=call,one",
            "--rate=1",
            "--seconds=150",
            "--seeding-frames=1",
            "--summary=" + summary);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("call, 1 frames a second, 150 s: 300 faces of 2 people", "one, 1 frames")
        .contains("PK joined in time", "the same, neurons for real faces", "minute");
    JsonNode parts = new ObjectMapper().readTree(summary.toFile()).at("/parts");
    assertThat(parts.size()).isEqualTo(2);
    assertThat(parts.at("/0/frames/rows").size()).isEqualTo(10);
    assertThat(parts.at("/0/frames/minutes").size()).isEqualTo(3);
  }

  @Test
  void otherScene_onlyTheSecondVideoIsCompared() throws Exception {
    Path summary = folder.resolve("summary.json");
    Ran.paffmem(
        "evaluate",
        "--dataset=synthetic",
        "--people=2",
        "--mood=roam",
        "--rate=2",
        "--seconds=10",
        "--camera=restless",
        "--then=other-scene",
        "--seeding-frames=1",
        "--summary=" + summary);

    JsonNode part = new ObjectMapper().readTree(summary.toFile()).at("/parts/0");
    assertThat(part.at("/name").asText())
        .isEqualTo(
            "roam, 2 frames a second, 10 s, restless camera, the second video, in another scene");
    assertThat(part.at("/faces").asInt()).isEqualTo(80);
    assertThat(part.at("/frames/rows/0/ccc/arousal").isNumber()).isTrue();
  }

  @Test
  void contradictions_allNamed() {
    Ran.paffmem("evaluate", "--dataset=faces", "--people=0")
        .assertRefused("needs its folder", "--people is 0");
    Ran.paffmem(
            "evaluate",
            "--dataset=synthetic",
            "--seconds=0",
            "--min-images=0",
            "--max-images=-1",
            "--seeding-frames=0",
            "--shuffles=0")
        .assertRefused(
            "--seconds is 0",
            "--min-images is 0",
            "--max-images is -1",
            "--seeding-frames is 0",
            "--shuffles is 0");
    for (String option :
        List.of("--follow", "--figure-of=v", "--predictions=f.csv", "--arousal-scale=unit")) {
      Ran.paffmem("evaluate", "--dataset=synthetic", option)
          .assertRefused(option.split("=", -1)[0], "for --from-topic");
    }
    Ran.paffmem("evaluate", "--dataset=faces", folder.toString(), "--figure=f.svg")
        .assertRefused("--figure is of a video");
    Ran.paffmem("evaluate", "--dataset=faces", folder.toString(), "--mood=call")
        .assertRefused("--mood, --rate, --camera and --then are for --dataset synthetic");
    assertThat(Ran.paffmem("evaluate", "--dataset=synthetic", "--mood=glee").err())
        .contains("expected one of roam, call, one, drift but was 'glee'");
    Ran.paffmem("evaluate", "--dataset=synthetic", "--rate=0", "--prior-only")
        .assertRefused("--rate is 0.0, must be above 0", "leave out --decisions");
    Ran.paffmem("evaluate", "--dataset=omg", folder.toString()).assertRefused("is no OMG-Emotion");
    Ran.paffmem("evaluate", "--dataset=synthetic", "somewhere", "--validation-of=1")
        .assertRefused("takes no folder", "--validation-of");
    Ran.paffmem("evaluate", "--dataset=faces", folder.toString())
        .assertRefused(folder.toString(), "data/legend.csv");
    Ran.paffmem("evaluate", "--dataset=synthetic", "--summary=" + folder)
        .assertRefused("it is a folder");
    Ran.paffmem("evaluate", "--dataset=synthetic", "--identity-model=" + folder)
        .assertRefused("no SavedModel in " + folder);
    Ran.paffmem("evaluate", "--dataset=synthetic", "--video=" + folder.resolve("gone.mp4"))
        .assertRefused("gone.mp4");
  }

  private static Offset<Double> rounding() {
    return within(1e-6);
  }

  private static boolean keeps(long seed) {
    return List.of("Ann", "Bob", "Cy").stream()
        .anyMatch(person -> FaceSet.isValidation(person, 0.15, seed));
  }

  private Evaluation photographs(@Nullable Long validationOf, @Nullable IdentityModel identity) {
    try (SavedModelPrior prior = SavedModelPrior.bundled(Device.CPU);
        TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(prior.imageSize())) {
      return new PhotographEvaluation(
              prior,
              identity,
              new ChosenPhotographs(FacialExpressions.read(folder), validationOf, 1, 1000),
              decoder,
              new MemoryTrial.Settings(
                  new Streams.Seeding(2, SeedingPolicy.everyFrame()),
                  SeedLayout.EVEN_200,
                  MemoryConfig.standard(),
                  false,
                  null),
              1,
              1)
          .run(
              OptionalDouble.empty(),
              new Progress(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)));
    }
  }

  /** Tells people apart by how bright they are. */
  private static final class MeanBrightness implements IdentityModel {
    @Override
    public float[] embed(byte[] rgb, int faces) {
      float[] embedded = new float[2 * faces];
      int bytes = rgb.length / faces;
      for (int face = 0; face < faces; face++) {
        double sum = 0;
        for (int i = 0; i < bytes; i++) {
          sum += rgb[face * bytes + i] & 0xFF;
        }
        double angle = sum / bytes / 255 * Math.PI / 2;
        embedded[2 * face] = (float) Math.cos(angle);
        embedded[2 * face + 1] = (float) Math.sin(angle);
      }
      return embedded;
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public int version() {
      return 1;
    }
  }
}
