package io.paffmem.prior.tensorflow;

import io.paffmem.prior.ModelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The PKs in the box; {@code docs/model-card.md} says what each was trained on. */
public enum BundledModel {
  /** The one to use unless its training data forbid it. */
  STANDARD("pk-ferplus-2"),
  /** Trained only on openly licensed photographs and on synthetic people. */
  OPEN("pk-quarter-3");

  private final String folder;

  BundledModel(String folder) {
    this.folder = folder;
  }

  /** As options name it: {@code open}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that label, if there is one. */
  public static Optional<BundledModel> labelled(String label) {
    return Arrays.stream(values()).filter(model -> model.label().equals(label)).findFirst();
  }

  /** All labels: {@code standard|open}. */
  public static String labels() {
    return Arrays.stream(values()).map(BundledModel::label).collect(Collectors.joining("|"));
  }

  /**
   * Loads it.
   *
   * @throws ModelException if the device is not there
   */
  public SavedModelPrior load(Device wished) {
    return read(unpacked -> SavedModelPrior.load(unpacked, wished));
  }

  /** Its version, without loading it. */
  public String version() {
    return read(SavedModelPrior::version);
  }

  private <T> T read(Function<Path, T> reader) {
    return BundledFiles.read("pk/" + folder, PriorExport.PROPERTIES, reader);
  }
}
