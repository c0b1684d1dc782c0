package io.paffmem.training.ablation;

import io.paffmem.metric.Concordance;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.training.Trainer;
import io.paffmem.training.TrainingBudget;
import io.paffmem.training.TrainingListener;
import io.paffmem.training.TrainingReport.Agreement;
import io.paffmem.training.Validation;
import io.paffmem.training.ablation.LatentReader.Codes;
import io.paffmem.training.checkpoint.RecordValues;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.config.TrainingException;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The paper's Table 2: one PK for each row, trained with the same budget in a folder of its own and
 * read on people whom no training saw. A row that is done is not done again; one that was stopped
 * goes on.
 */
public final class Ablation {
  private static final int ENCODE_BATCH = 64;
  private static final String MODEL = "pk";
  private static final String SETTINGS = "ablation.csv";

  private final AblationConfig config;
  private final Path folder;
  private final List<Part> parts = new ArrayList<>();

  private record Part(FaceSet.Split faces, double weight) {}

  /** An ablation without faces. */
  public Ablation(AblationConfig config, Path folder) {
    this.config = config;
    this.folder = folder;
  }

  /**
   * Adds faces.
   *
   * @param weight part of every batch, relative to the other sets', above 0
   */
  public void add(FaceSet.Split faces, double weight) {
    parts.add(new Part(faces, weight));
  }

  /**
   * Whether the folder may be gone on with.
   *
   * @throws TrainingException if it holds an ablation of other settings, or cannot be written
   */
  public void begin() {
    SortedMap<String, String> settings = new TreeMap<>(RecordValues.of("ablation", config));
    parts.forEach(
        part ->
            settings.put(
                part.faces.training().name(),
                part.faces.training().faces().size() + " faces, weight " + part.weight));
    StringBuilder text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name).append(',').append(value).append('\n'));
    Path file = folder.resolve(SETTINGS);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Files.writeString(file, text);
      } else if (!Files.readString(file).contentEquals(text)) {
        throw new TrainingException(
            folder
                + " holds an ablation of other settings ("
                + SETTINGS
                + "); name another folder");
      }
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Does a row, or what is left of it.
   *
   * @param stop asked after each step
   * @return nothing if it was asked to stop
   */
  public Optional<AblationResult> run(
      AblationRow row, TrainingListener listener, BooleanSupplier stop)
      throws InterruptedException {
    Path file = folder.resolve(row.label()).resolve(AblationResult.FILE);
    if (Files.exists(file)) {
      return Optional.of(AblationResult.read(row, file));
    }
    TrainingConfig training = config.training().with(row.weights(config.identity().isPresent()));
    Trainer trainer =
        new Trainer(
            config.network(),
            training,
            config.device(),
            config.identity(),
            folder.resolve(row.label()),
            System::nanoTime);
    parts.forEach(part -> trainer.add(part.faces, part.weight, true));
    Trainer.Outcome outcome =
        trainer.run(TrainingBudget.ofSteps(config.steps()), config.reportEvery(), listener, stop);
    if (!outcome.finished()) {
      return Optional.empty();
    }
    Path model = folder.resolve(row.label()).resolve(MODEL);
    if (!Files.exists(model)) {
      trainer.export(Trainer.Choice.LAST, MODEL, model, listener::noted);
    }
    try (SavedModelPrior prior = SavedModelPrior.load(model, config.device())) {
      SortedMap<String, Agreement> ccc = row.hasEmotion() ? own(prior) : readAfterwards(prior);
      AblationResult result = new AblationResult(row, ccc);
      result.write(file);
      return Optional.of(result);
    }
  }

  /** By the PK's own D_em. */
  private SortedMap<String, Agreement> own(SavedModelPrior prior) {
    SortedMap<String, Agreement> ccc = new TreeMap<>();
    for (Part part : parts) {
      List<LabelledFace> faces = part.faces.validation().faces();
      List<Encodings> answers = encode(prior, faces);
      ccc.put(
          part.faces.validation().name(),
          agreement(faces, answers.stream().map(Encodings::affect).toList()));
    }
    return ccc;
  }

  /** By a D_em that is trained now, on z of the people that the PK was trained on. */
  private SortedMap<String, Agreement> readAfterwards(SavedModelPrior prior) {
    try (LatentReader reader = new LatentReader(config.network(), config.training().seed())) {
      List<Codes> codes = new ArrayList<>();
      for (Part part : parts) {
        IdentityHashMap<LabelledFace, float[]> z = new IdentityHashMap<>();
        List<LabelledFace> faces = part.faces.training().faces();
        List<Encodings> encoded = encode(prior, faces);
        for (int i = 0; i < faces.size(); i++) {
          z.put(faces.get(i), encoded.get(i).z());
        }
        codes.add(new Codes(part.faces.training(), z, part.weight));
      }
      reader.train(codes, config.readerSteps(), new Random(config.training().seed()));
      SortedMap<String, Agreement> ccc = new TreeMap<>();
      for (Part part : parts) {
        List<LabelledFace> faces = part.faces.validation().faces();
        List<Encodings> encoded = encode(prior, faces);
        ccc.put(
            part.faces.validation().name(),
            agreement(
                faces, encoded.stream().map(encodings -> reader.read(encodings.z())).toList()));
      }
      return ccc;
    }
  }

  private static Agreement agreement(List<LabelledFace> faces, List<float[]> answers) {
    Concordance arousal = new Concordance();
    Concordance valence = new Concordance();
    for (int i = 0; i < faces.size(); i++) {
      arousal.add(answers.get(i)[0], faces.get(i).arousal());
      valence.add(answers.get(i)[1], faces.get(i).valence());
    }
    return new Agreement(arousal.ccc(), valence.ccc());
  }

  /** z and affect of each face. */
  private static List<Encodings> encode(SavedModelPrior prior, List<LabelledFace> faces) {
    List<Encodings> all = new ArrayList<>(faces.size());
    for (int from = 0; from < faces.size(); from += ENCODE_BATCH) {
      List<LabelledFace> some = faces.subList(from, Math.min(faces.size(), from + ENCODE_BATCH));
      byte[] grey = Validation.plain(some);
      byte[] rgb = new byte[3 * grey.length];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = grey[i / 3];
      }
      Encodings encoded = prior.encode(rgb, some.size());
      int size = prior.latentSize();
      for (int i = 0; i < some.size(); i++) {
        all.add(
            new Encodings(
                Arrays.copyOfRange(encoded.z(), i * size, (i + 1) * size),
                Arrays.copyOfRange(encoded.affect(), 2 * i, 2 * i + 2)));
      }
    }
    return all;
  }
}
