package io.paffmem.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data for tests, kept beside the checkout and not in it: the folder {@code ../shared} as seen
 * from the root of the repository, or the one that the system property {@code paffmem.shared}
 * names. A test that asks for what is not there is skipped, and says so.
 */
public final class SharedData {
  private SharedData() {}

  /** A recording, by its file name. */
  public static Path recording(String name) {
    return existing(folder().resolve("recordings").resolve(name));
  }

  /** A model that finds faces, YuNet as ONNX. */
  public static Path faceModel() {
    return existing(folder().resolve("models").resolve("yunet_n_320_320.onnx"));
  }

  /** The folder of the facial-expressions data set. */
  public static Path faces() {
    return existing(folder().resolve("faces"));
  }

  /** One of the inputs that made trouble, by its file name. */
  public static Path oddInput(String name) {
    return existing(folder().resolve("odd-inputs").resolve(name));
  }

  /** Rows of OMG-Emotion's annotations. */
  public static Path omgSample() {
    return existing(folder().resolve("omg-emotion").resolve("omg_sample.csv"));
  }

  private static Path existing(Path path) {
    boolean there = Files.exists(path);
    if (!there) {
      System.out.println("SKIPPED: this test needs " + path + ", which is not there");
    }
    assumeTrue(there, "needs " + path);
    return path;
  }

  private static Path folder() {
    String named = System.getProperty("paffmem.shared");
    if (named != null) {
      return Path.of(named);
    }
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("schemas")) && root.getParent() != null) {
      root = root.getParent();
    }
    return root.resolve("../shared").normalize();
  }
}
