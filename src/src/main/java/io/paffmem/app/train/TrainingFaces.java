package io.paffmem.app.train;

import io.paffmem.app.options.Dataset;
import io.paffmem.app.train.Photographs.Photograph;
import io.paffmem.ingest.dataset.AffectNet;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.ingest.dataset.FerPlus;
import io.paffmem.ingest.dataset.FerPlus.VotedFace;
import io.paffmem.ingest.dataset.RatedFace;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticPerson;
import io.paffmem.start.StartException;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Faces in the form that training wants, grey squares in memory, in a part to train on and one to
 * validate on.
 *
 * @param leftOut what cannot be used, by reason
 */
record TrainingFaces(FaceSet.Split split, SortedMap<String, Integer> leftOut) {
  private static final int STATES_A_PERSON = 5;
  private static final int SCENES_A_PERSON = 4;

  /**
   * Reads or renders a data set.
   *
   * @param validationShare part of the people kept for validation, where the data set has no split
   *     of its own
   * @param stop asked now and then; with true this ends early
   * @throws StartException if nothing of it can be used
   * @throws InterruptedException if it was asked to stop
   */
  static TrainingFaces load(
      TrainingDataset dataset, double validationShare, long seed, BooleanSupplier stop)
      throws InterruptedException {
    return switch (dataset.kind()) {
      case FACES -> facialExpressions(dataset.folder(), validationShare, seed, stop);
      case FERPLUS -> ferPlus(dataset.folder(), stop);
      case AFFECTNET -> affectNet(dataset.folder(), validationShare, seed, stop);
      case SYNTHETIC ->
          new TrainingFaces(
              split(synthetic(dataset.count(), seed, stop), validationShare, seed),
              new TreeMap<>());
      case OMG -> throw new IllegalArgumentException("nothing is trained on OMG-Emotion");
    };
  }

  /** One line for the user. */
  String said() {
    String text =
        "%s: %,d to train on, %,d to validate on"
            .formatted(
                split.training().name(),
                split.training().faces().size(),
                split.validation().faces().size());
    return leftOut.isEmpty() ? text : text + "; left out: " + counts(leftOut);
  }

  private static TrainingFaces facialExpressions(
      Path folder, double validationShare, long seed, BooleanSupplier stop)
      throws InterruptedException {
    FacialExpressions dataset = FacialExpressions.read(folder);
    SortedMap<String, Integer> leftOut = new TreeMap<>();
    leftOut.put("missing_image", dataset.missingImages());
    leftOut.put("unknown_expression", dataset.unknownExpressions());
    leftOut.put("malformed_row", dataset.malformedRows());
    leftOut.values().removeIf(rows -> rows == 0);
    List<Photograph> photographs =
        dataset.faces().stream()
            .map(
                face ->
                    new Photograph(
                        face.image(),
                        null,
                        face.expression().arousal(),
                        face.expression().valence(),
                        face.person()))
            .toList();
    String name = Dataset.FACES.spelled();
    Photographs.checkMemory(
        name, photographs.size(), Photographs.PIXELS, Runtime.getRuntime().maxMemory());
    List<LabelledFace> faces = Photographs.decode(photographs, leftOut, stop);
    if (faces.isEmpty()) {
      throw none(name, folder, "rows of data/legend.csv with pictures in images/", leftOut);
    }
    return new TrainingFaces(split(new FaceSet(name, faces), validationShare, seed), leftOut);
  }

  private static TrainingFaces affectNet(
      Path folder, double validationShare, long seed, BooleanSupplier stop)
      throws InterruptedException {
    AffectNet dataset = AffectNet.read(folder);
    String name = Dataset.AFFECTNET.spelled();
    Photographs.checkMemory(
        name,
        dataset.training().size() + dataset.validation().size(),
        Photographs.PIXELS,
        Runtime.getRuntime().maxMemory());
    SortedMap<String, Integer> leftOut = new TreeMap<>(dataset.leftOut());
    List<LabelledFace> training = rated(dataset.training(), leftOut, stop);
    List<LabelledFace> validation = rated(dataset.validation(), leftOut, stop);
    if (training.isEmpty() || (validation.isEmpty() && !dataset.validation().isEmpty())) {
      throw none(name, folder, "rated rows with pictures", leftOut);
    }
    FaceSet faces = new FaceSet(name, training);
    return new TrainingFaces(
        validation.isEmpty()
            ? split(faces, validationShare, seed)
            : new FaceSet.Split(faces, new FaceSet(name, validation)),
        leftOut);
  }

  private static TrainingFaces ferPlus(Path folder, BooleanSupplier stop)
      throws InterruptedException {
    FerPlus dataset = FerPlus.read(folder);
    String name = Dataset.FERPLUS.spelled();
    List<VotedFace> toTrainOn = dataset.part(FerPlus.Part.TRAINING);
    List<VotedFace> toValidateOn = dataset.part(FerPlus.Part.VALIDATION);
    Photographs.checkMemory(
        name,
        toTrainOn.size() + toValidateOn.size(),
        Photographs.PIXELS,
        Runtime.getRuntime().maxMemory());
    SortedMap<String, Integer> leftOut = new TreeMap<>(dataset.leftOut());
    List<LabelledFace> training = voted(toTrainOn, leftOut, stop);
    List<LabelledFace> validation = voted(toValidateOn, leftOut, stop);
    if (training.isEmpty() || validation.isEmpty()) {
      throw none(
          name, folder, "rated rows with pictures in FER2013Train and FER2013Valid", leftOut);
    }
    return new TrainingFaces(
        new FaceSet.Split(new FaceSet(name, training), new FaceSet(name, validation)), leftOut);
  }

  private static List<LabelledFace> voted(
      List<VotedFace> faces, SortedMap<String, Integer> leftOut, BooleanSupplier stop)
      throws InterruptedException {
    List<Photograph> photographs =
        faces.stream()
            .map(
                voted ->
                    new Photograph(
                        voted.face().image(),
                        null,
                        voted.face().arousal(),
                        voted.face().valence(),
                        voted.arousalError(),
                        voted.valenceError(),
                        voted.face().person()))
            .toList();
    return Photographs.decode(photographs, leftOut, stop);
  }

  private static List<LabelledFace> rated(
      List<RatedFace> faces, SortedMap<String, Integer> leftOut, BooleanSupplier stop)
      throws InterruptedException {
    List<Photograph> photographs =
        faces.stream()
            .map(
                face ->
                    new Photograph(
                        face.image(), face.box(), face.arousal(), face.valence(), face.person()))
            .toList();
    return Photographs.decode(photographs, leftOut, stop);
  }

  private static StartException none(
      String name, Path folder, String lookedFor, SortedMap<String, Integer> leftOut) {
    return new StartException(
        "no usable picture in --dataset %s=%s: looked for %s there; left out: %s"
            .formatted(name, folder, lookedFor, leftOut.isEmpty() ? "none" : counts(leftOut)));
  }

  private static String counts(SortedMap<String, Integer> leftOut) {
    return leftOut.entrySet().stream()
        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static FaceSet.Split split(FaceSet faces, double validationShare, long seed) {
    try {
      return faces.split(validationShare, seed);
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Renders synthetic people, each in some states in each of some scenes. The first state is a
   * corner of the square, the others lie anywhere on it.
   *
   * @param count of faces, rounded up to whole people
   */
  static FaceSet synthetic(int count, long seed, BooleanSupplier stop) throws InterruptedException {
    // Each with its edited face.
    Photographs.checkMemory(
        Dataset.SYNTHETIC.spelled(),
        count,
        2L * FaceRenderer.CROP_SIZE * FaceRenderer.CROP_SIZE,
        Runtime.getRuntime().maxMemory());
    SyntheticPeople people = new SyntheticPeople(seed);
    SplittableRandom random = new SplittableRandom(seed);
    FaceRenderer renderer = new FaceRenderer();
    List<LabelledFace> faces = new ArrayList<>(count);
    for (int person = 0; faces.size() < count; person++) {
      if (stop.getAsBoolean()) {
        throw new InterruptedException("stopped while rendering");
      }
      SyntheticPerson who = people.person(person);
      List<ShownAffect> states = new ArrayList<>();
      states.add(new ShownAffect(random.nextBoolean() ? 1 : -1, random.nextBoolean() ? 1 : -1));
      while (states.size() < STATES_A_PERSON) {
        states.add(anywhere(random));
      }
      for (int scene = 0; scene < SCENES_A_PERSON; scene++) {
        FaceScene setting = FaceScene.random(random);
        for (ShownAffect state : states) {
          faces.add(
              new LabelledFace(
                  Photographs.luminance(renderer.faceCrop(who, state, setting)),
                  FaceRenderer.CROP_SIZE,
                  state.arousal(),
                  state.valence(),
                  "synthetic-" + person,
                  OptionalInt.of(scene)));
        }
      }
    }
    return new FaceSet(Dataset.SYNTHETIC.spelled(), faces);
  }

  private static ShownAffect anywhere(SplittableRandom random) {
    return new ShownAffect(
        2 * (float) random.nextDouble() - 1, 2 * (float) random.nextDouble() - 1);
  }
}
