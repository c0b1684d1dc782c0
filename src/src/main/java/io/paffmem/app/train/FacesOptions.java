package io.paffmem.app.train;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a network is trained on. */
final class FacesOptions {
  private static final double SYNTHETIC_WEIGHT = 0.5;

  @Option(
      names = "--dataset",
      split = ",",
      paramLabel = "KIND=DIR",
      converter = DatasetOption.Converter.class,
      description =
          "What to train on, repeatable: faces=DIR (data/legend.csv and images/),"
              + " ferplus=DIR (fer2013new.csv and its folders), affectnet=DIR"
              + " (train_set and val_set, or training.csv with its pictures), synthetic or"
              + " synthetic=N (faces to render, 15000).")
  private List<DatasetOption> datasets = new ArrayList<>();

  @Option(names = "--seed", description = "Of all randomness; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  List<DatasetOption> datasets() {
    return datasets;
  }

  long seed() {
    return seed;
  }

  /** Part of every batch, relative to the other data sets': rendered faces teach less. */
  static double weight(DatasetOption dataset) {
    return dataset.isPhotographs() ? 1 : SYNTHETIC_WEIGHT;
  }

  void check(List<String> problems) {
    if (datasets.isEmpty()) {
      problems.add("nothing to train on: give --dataset " + DatasetOption.FORMS);
    }
  }
}
