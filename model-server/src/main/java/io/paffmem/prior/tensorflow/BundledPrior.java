package io.paffmem.prior.tensorflow;

import io.paffmem.prior.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The PK in the box: resources of this module, which TensorFlow can read only as files. */
final class BundledPrior {
  private static final String RESOURCES = "pk/";
  private static final List<String> FILES =
      List.of(
          "saved_model.pb",
          "variables/variables.index",
          "variables/variables.data-00000-of-00001",
          PriorExport.PROPERTIES);

  private BundledPrior() {}

  /** Loads it. */
  static SavedModelPrior load(Device device) {
    return read(folder -> SavedModelPrior.load(folder, device));
  }

  /** Its version, without loading it. */
  static String version() {
    return read(SavedModelPrior::version);
  }

  /** Reads it by way of a temporary folder, which is gone when this returns. */
  private static <T> T read(Function<Path, T> reader) {
    try {
      Path folder = Files.createTempDirectory("paffmem-pk-");
      try {
        for (String file : FILES) {
          copy(file, folder.resolve(file));
        }
        return reader.apply(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new ModelException(
          "the PK in the box cannot be unpacked to the temporary folder: " + e, e);
    }
  }

  private static void copy(String file, Path target) throws IOException {
    try (InputStream resource = BundledPrior.class.getResourceAsStream(RESOURCES + file)) {
      if (resource == null) {
        throw new ModelException("this build has no PK in the box (" + file + "); name a --model");
      }
      Path parent = target.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.copy(resource, target);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
