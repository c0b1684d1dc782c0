package io.paffmem.training.identity;

import io.paffmem.network.IdentityNetwork;
import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.IdentityExport;
import io.paffmem.training.TrainingBudget;
import io.paffmem.training.config.TrainingException;
import io.paffmem.training.faces.Augmentation;
import io.paffmem.training.faces.Batch;
import io.paffmem.training.faces.BatchQueue;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Trains a small face-identity network on the people of some face sets, and exports it. Minutes are
 * enough, so a run that was stopped starts again.
 */
public final class IdentityTrainer {
  private static final int ANSWER_BATCH = 64;
  private static final int FACES_OF_UNSEEN_PERSON = 6;
  private static final int UNSEEN_FACES = 2_000;

  private final IdentityConfig config;
  private final List<Part> parts = new ArrayList<>();
  private final LongSupplier nanoClock;
  private Map<String, Weights> begin = Map.of();
  private int people;

  /** A face set: whom it is trained on, whom it never sees, and its part of a batch. */
  private record Part(
      String name, IdentityPeople known, List<LabelledFace> unseen, double weight) {}

  /**
   * A trainer without faces.
   *
   * @param nanoClock such as {@link System#nanoTime}
   */
  public IdentityTrainer(IdentityConfig config, LongSupplier nanoClock) {
    this.config = config;
    this.nanoClock = nanoClock;
  }

  /**
   * What the network is trained on.
   *
   * @param people that have faces enough
   * @param faces of them that are trained on
   */
  public record Known(int people, int faces) {}

  /**
   * Adds the people of a face set. Those who are kept from a PK's training are kept from this one
   * too: it is verified on them.
   *
   * @param weight part of every batch, relative to the other sets', above 0
   * @return whom it will be trained on; nobody if no person has faces enough
   */
  public Known add(FaceSet.Split faces, double weight) {
    String name = faces.training().name();
    if (!(weight > 0)) {
      throw new IllegalArgumentException(
          "weight of " + name + " is " + weight + ", must be above 0");
    }
    IdentityPeople known =
        new IdentityPeople(faces.training().faces(), config.leastFaces(), people);
    if (known.people() > 0) {
      people += known.people();
      List<LabelledFace> unseen =
          IdentityPeople.pairable(faces.validation().faces(), FACES_OF_UNSEEN_PERSON, UNSEEN_FACES);
      parts.add(new Part(name, known, unseen, weight));
    }
    return new Known(known.people(), known.faces());
  }

  /**
   * How good the network is.
   *
   * @param loss mean of the last steps
   * @param auc by face set, how well pairs of one person's faces are told from pairs of two
   *     people's, on people it never saw; empty where there are no such pairs
   */
  public record Report(long step, Duration trained, double loss, Map<String, OptionalDouble> auc) {}

  /**
   * The first step begins with the convolutions of a PK's E instead of random ones.
   *
   * @param encoder weights of E by name, as {@link
   *     io.paffmem.prior.tensorflow.SavedModelPrior#weights} gives them
   */
  public void beginWith(Map<String, Weights> encoder) {
    begin = Map.copyOf(encoder);
  }

  /**
   * Trains until the budget is used up, then exports.
   *
   * @param reportEvery steps between reports, at least 1
   * @param name for the exported network
   * @param export folder of the SavedModel
   * @param stop asked after each step; with true this ends without exporting
   * @return whether the budget was used up
   * @throws IllegalStateException if there are fewer than two people to train on
   * @throws TrainingException if the loss is no longer finite
   */
  public boolean run(
      TrainingBudget budget,
      long reportEvery,
      String name,
      Path export,
      Consumer<Report> reports,
      BooleanSupplier stop)
      throws InterruptedException {
    if (people < 2) {
      throw new IllegalStateException(
          "there are "
              + people
              + " people with "
              + config.leastFaces()
              + " faces or more; an identity network needs two at least");
    }
    int threads = BatchQueue.threadsFor(Runtime.getRuntime().availableProcessors());
    try (IdentityGraph graph = new IdentityGraph(config);
        BatchQueue<Batch> batches = new BatchQueue<>(this::batch, 1, threads)) {
      if (!begin.isEmpty() && graph.begin(begin) == 0) {
        throw new TrainingException(
            "no convolution of that PK's E has the shape of one of the identity network: name a PK"
                + " whose E has a quarter of the paper's width");
      }
      long began = nanoClock.getAsLong();
      double loss = 0;
      long reported = 0;
      for (long step = 1; !stop.getAsBoolean(); step++) {
        double spent = budget.spent(step - 1, nanoClock.getAsLong() - began);
        Batch batch = batches.next();
        loss += graph.step(batch, config.learningRate(Math.min(1, spent)), step);
        if (!Double.isFinite(loss)) {
          throw new TrainingException(
              "the loss is not finite at step " + step + "; begin again with another --seed");
        }
        long nanos = nanoClock.getAsLong() - began;
        boolean finished = budget.spent(step, nanos) >= 1;
        if (finished || step % reportEvery == 0) {
          reports.accept(report(graph, step, Duration.ofNanos(nanos), loss / (step - reported)));
          loss = 0;
          reported = step;
        }
        if (finished) {
          IdentityExport.write(graph.weights(), name, export);
          return true;
        }
      }
      return false;
    }
  }

  /** What one step sees: faces x 96 x 96 luminance values, and whose they are. */
  record Batch(byte[] grey, int[] persons) {}

  private Batch batch(long step) {
    RandomGenerator random = BatchQueue.random(config.seed(), step);
    int pixels = NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE;
    Batch batch = new Batch(new byte[config.batch() * pixels], new int[config.batch()]);
    for (int i = 0; i < config.batch(); i += 2) {
      IdentityPeople.Drawn drawn =
          part((i + random.nextDouble()) / config.batch()).known.draw(random);
      change(drawn.one(), random, batch.grey, i * pixels);
      change(drawn.other(), random, batch.grey, (i + 1) * pixels);
      batch.persons[i] = drawn.person();
      batch.persons[i + 1] = drawn.person();
    }
    return batch;
  }

  private static void change(LabelledFace face, RandomGenerator random, byte[] into, int offset) {
    Augmentation.LOOK.draw(random).apply(face, NetworkConfig.IMAGE_SIZE, into, offset);
  }

  private Part part(double at) {
    double rest = at * parts.stream().mapToDouble(Part::weight).sum();
    for (Part part : parts) {
      rest -= part.weight;
      if (rest < 0) {
        return part;
      }
    }
    return parts.get(parts.size() - 1);
  }

  private Report report(IdentityGraph graph, long step, Duration trained, double loss) {
    Map<String, OptionalDouble> auc = new LinkedHashMap<>();
    for (Part part : parts) {
      List<String> persons = part.unseen.stream().map(LabelledFace::person).toList();
      auc.put(
          part.name,
          new Verification(embeddings(graph, part.unseen), IdentityNetwork.EMBEDDING_SIZE, persons)
              .auc());
    }
    return new Report(step, trained, loss, auc);
  }

  private static float[] embeddings(IdentityGraph graph, List<LabelledFace> faces) {
    int columns = IdentityNetwork.EMBEDDING_SIZE;
    int pixels = NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE;
    float[] all = new float[faces.size() * columns];
    for (int from = 0; from < faces.size(); from += ANSWER_BATCH) {
      int count = Math.min(ANSWER_BATCH, faces.size() - from);
      byte[] grey = new byte[count * pixels];
      for (int i = 0; i < count; i++) {
        Augmentation.plain(faces.get(from + i), NetworkConfig.IMAGE_SIZE, grey, i * pixels);
      }
      float[] some = graph.embed(grey, count);
      System.arraycopy(some, 0, all, from * columns, some.length);
    }
    return all;
  }
}
