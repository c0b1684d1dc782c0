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

/** The models in the box: resources of this module, which TensorFlow can read only as files. */
final class BundledFiles {
  private static final List<String> FILES =
      List.of(
          "saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001");

  private BundledFiles() {}

  /**
   * Reads a model by way of a temporary folder, which is gone when this returns.
   *
   * @param model its folder among the resources
   * @param properties the file that has its name
   */
  static <T> T read(String model, String properties, Function<Path, T> reader) {
    try {
      Path folder = Files.createTempDirectory("paffmem-model-");
      try {
        for (String file : FILES) {
          copy(model + "/" + file, folder.resolve(file));
        }
        copy(model + "/" + properties, folder.resolve(properties));
        return reader.apply(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new ModelException(
          "the model " + model + " in the box cannot be unpacked to the temporary folder: " + e, e);
    }
  }

  private static void copy(String file, Path target) throws IOException {
    try (InputStream resource = BundledFiles.class.getResourceAsStream(file)) {
      if (resource == null) {
        throw new ModelException("this build lacks a model (" + file + "); name another --model");
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
