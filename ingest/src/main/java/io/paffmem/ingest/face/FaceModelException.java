package io.paffmem.ingest.face;

import java.nio.file.Path;

/** A model for finding faces that cannot be used. The message names the file and what to do. */
public final class FaceModelException extends RuntimeException {
  FaceModelException(Path model, String problem, Throwable cause) {
    super(
        model
            + " "
            + problem
            + "; name a model of YuNet (ONNX), as OpenCV's FaceDetectorYN reads it, or leave"
            + " --face-model out.",
        cause);
  }
}
