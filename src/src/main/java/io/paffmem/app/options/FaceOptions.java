package io.paffmem.app.options;

import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.ingest.face.FaceModelException;
import io.paffmem.start.Problems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How faces are found. */
public final class FaceOptions {
  @Option(
      names = "--face-model",
      paramLabel = "FILE",
      description =
          "Find faces with this model of YuNet (ONNX), as OpenCV's FaceDetectorYN reads it: turned,"
              + " tilted, masked and small ones too. Default: OpenCV's Haar cascade, which is in the"
              + " box.")
  private @Nullable Path model;

  /** The model's file; null for the cascade. */
  public @Nullable Path model() {
    return model;
  }

  /** Adds why the model cannot be used, if so. */
  public void check(Problems problems) {
    Path named = model;
    if (named != null) {
      try {
        FaceDetector.of(FaceConfig.defaults(), named).close();
      } catch (FaceModelException e) {
        problems.add("--face-model: " + e.getMessage());
      }
    }
  }
}
