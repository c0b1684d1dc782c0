package io.paffmem.app.train;

import io.paffmem.start.Problems;
import io.paffmem.training.faces.FaceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What a network is trained on. */
final class FacesOptions {
  private static final double SYNTHETIC_WEIGHT = 0.5;

  @Option(
      names = "--dataset",
      split = ",",
      paramLabel = "KIND=DIR",
      converter = TrainingDataset.Converter.class,
      description =
          "What to train on, repeatable: faces=DIR (data/legend.csv and images/),"
              + " ferplus=DIR (fer2013new.csv and its folders), affectnet=DIR"
              + " (train_set and val_set, or training.csv with its pictures), synthetic or"
              + " synthetic=N (faces to render, 15000).")
  private List<TrainingDataset> datasets = new ArrayList<>();

  @Option(names = "--seed", description = "Of all randomness; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  List<TrainingDataset> datasets() {
    return datasets;
  }

  /** Takes a data set that was read or rendered. */
  interface Taker {
    void take(TrainingDataset dataset, FaceSet.Split split);
  }

  /**
   * Reads or renders each data set, says what is in it, and hands it on.
   *
   * @param validationShare part of the people kept for validation
   * @param said is told a line about each
   * @param stop asked now and then; with true this ends early
   * @throws InterruptedException if it was asked to stop
   */
  void load(double validationShare, Consumer<String> said, BooleanSupplier stop, Taker taker)
      throws InterruptedException {
    for (TrainingDataset dataset : datasets) {
      TrainingFaces loaded = TrainingFaces.load(dataset, validationShare, seed, stop);
      said.accept(loaded.said());
      taker.take(dataset, loaded.split());
    }
  }

  long seed() {
    return seed;
  }

  /** Part of every batch, relative to the other data sets': rendered faces teach less. */
  static double weight(TrainingDataset dataset) {
    return dataset.isPhotographs() ? 1 : SYNTHETIC_WEIGHT;
  }

  void check(Problems problems) {
    problems.addIf(
        datasets.isEmpty(), "nothing to train on: give --dataset %s", TrainingDataset.FORMS);
  }
}
