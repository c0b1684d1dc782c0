package io.paffmem.app.imagine;

import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.terminal.OutputFile;
import io.paffmem.imagine.FaceSheet;
import io.paffmem.imagine.ImaginedFaces;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.start.Problems;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A face with other expressions. */
@Command(
    name = "imagine",
    description = {
      "Imagines the face in a picture with other expressions and writes them as one picture.",
      "Of several faces the largest is taken. The memory of a person is seeded with such faces."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class ImagineCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IMAGE", description = "A JPEG or PNG file that shows a face.")
  private Path image;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the picture, as PNG; a file that is there is replaced.")
  private Path out;

  @Option(
      names = "--crop",
      description = "The picture already is the crop of a face: do not look for one.")
  private boolean crop;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps along arousal, and along valence; default ${DEFAULT-VALUE}.")
  private int steps = 5;

  @Option(
      names = "--activations",
      description =
          "Instead of the square: the face edited to (-1, -1), (0, 0) and (1, 1), each with the"
              + " mean"
              + " activation of the encoder's last convolution laid over it.")
  private boolean activations;

  @Mixin private ModelOptions model;

  @Override
  public Integer call() {
    PrintStream print = System.out;
    check();
    FacePicture face = null;
    if (!crop) {
      // Before the model, as most mistakes are made here.
      face = FacePicture.find(image);
      if (face.faces() > 1) {
        print.printf("%d faces were found in %s; taking the largest%n", face.faces(), image);
      }
    }
    try (PriorKnowledge prior = model.load()) {
      byte[] rgb = face == null ? FacePicture.crop(image, prior.imageSize()).rgb() : face.rgb();
      Encodings encodings = prior.encode(rgb, 1);
      float[] affect = encodings.affect();
      print.printf(
          Locale.ROOT,
          "%s sees arousal %+.2f, valence %+.2f%n",
          prior.modelVersion(),
          affect[0],
          affect[1]);
      FaceSheet sheet =
          activations
              ? activationSheet(prior, rgb, encodings.z())
              : squareSheet(prior, rgb, encodings);
      OutputFile.write(out, sheet.png());
    }
    print.println("The picture is in " + out);
    return 0;
  }

  private void check() {
    Problems problems = new Problems();
    problems.addIf(steps < 2 || steps > 21, "--steps is %s, must be 2 to 21", steps);
    OutputFile.check("--out", out, problems);
    problems.throwIfAny();
  }

  /**
   * The original above its reconstruction, then the square: arousal upwards, valence rightwards.
   */
  private FaceSheet squareSheet(PriorKnowledge prior, byte[] rgb, Encodings encodings) {
    byte[] reconstruction = prior.generate(encodings.z(), encodings.affect(), 1);
    // A column stays free beside the originals, for the labels of arousal.
    FaceSheet sheet = FaceSheet.captioned(steps + 2, steps, prior.imageSize());
    sheet.face(0, 0, rgb, 0);
    sheet.above(0, 0, "original");
    sheet.face(0, 1, reconstruction, 0);
    sheet.below(0, 1, 1, "reconstruction");
    new ImaginedFaces(prior, encodings.z()).drawSquare(sheet, 2, steps);
    float[] grid = ImaginedFaces.grid(steps);
    for (int step = 0; step < steps; step++) {
      sheet.above(2 + step, 0, signed(grid[2 * step + 1]));
      sheet.leftOf(2, steps - 1 - step, signed(grid[2 * step * steps]));
    }
    sheet.below(2, steps, steps - 1, "valence");
    sheet.upwards(1, 0, steps, "arousal");
    return sheet;
  }

  /** Figure 2 of the paper: edited faces, below them the same with their activations. */
  private FaceSheet activationSheet(PriorKnowledge prior, byte[] rgb, float[] z) {
    float[] edits = ImaginedFaces.figure2();
    FaceSheet sheet = FaceSheet.captioned(1 + edits.length / 2, 2, prior.imageSize());
    new ImaginedFaces(prior, z).drawFigure2(sheet, rgb);
    sheet.above(0, 0, "original");
    for (int edit = 0; edit < edits.length; edit += 2) {
      String expression = "(%s, %s)".formatted(signed(edits[edit]), signed(edits[edit + 1]));
      sheet.above(1 + edit / 2, 0, expression);
    }
    sheet.below(1, edits.length / 2, 1, "edited to (arousal, valence)");
    return sheet;
  }

  private static String signed(float value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%+.2f", value);
  }
}
