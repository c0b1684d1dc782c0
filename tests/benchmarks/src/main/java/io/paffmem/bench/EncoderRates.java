package io.paffmem.bench;

import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.MatrixProduct;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.start.StartException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Measures a PK beside what the machine multiplies and beside a peer. All take turns in short
 * slices, and ratios are of slices of one round: another program that takes a core for a while
 * slows them all.
 */
public final class EncoderRates {
  /** Faces at once. */
  public static final List<Integer> BATCHES = List.of(1, 8, 32, 128);

  private static final int SQUARE = 2048;
  private static final int IM2COL_FACES = 32;
  private static final double LARGEST_DIFFERENCE = 1e-4;
  private static final int LEAST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 51;
  private static final double LONGEST_SLICE_SECONDS = 0.1;
  private static final int LEAST_SLICES = 100;
  private static final int FACE_BYTES = 96 * 96 * 3;

  /**
   * Medians over the rounds.
   *
   * @param ofSquareProduct rate of operations over that of the square product
   * @param ofLayerProducts the same over that of the layers' own shapes
   * @param ofPeer rate of faces over the peer's; NaN without one
   */
  public record Rate(
      int batch,
      double facesPerSecond,
      double gigaflops,
      double ofSquareProduct,
      double ofLayerProducts,
      double peerFacesPerSecond,
      double ofPeer) {}

  /**
   * All figures of a run.
   *
   * @param encodeOperations for one face; a multiply-add is two
   * @param productGigaflops median rates of matrix products, by shape
   * @param largestDifference of z from the peer's, over both computations; NaN without one
   */
  public record Report(
      long encodeOperations,
      long generateAndEncodeOperations,
      Map<String, Double> productGigaflops,
      int rounds,
      String peer,
      double largestDifference,
      List<Rate> encode,
      List<Rate> generateAndEncode) {}

  /** One that takes its turn; its rates, one a round. */
  private static final class Contender {
    final Runnable call;
    final double work;
    final List<Double> rates = new ArrayList<>();

    Contender(Runnable call, double work) {
      this.call = call;
      this.work = work;
    }

    void takeTurn(double sliceSeconds) {
      long begin = System.nanoTime();
      long calls = 0;
      double seconds;
      do {
        call.run();
        calls++;
        seconds = (System.nanoTime() - begin) / 1e9;
      } while (seconds < sliceSeconds);
      rates.add(calls * work / seconds);
    }
  }

  /** A batch of one computation; square is its yardstick, measured just before it. */
  private record Turn(
      int batch, Contender square, Contender ours, @Nullable Contender peer, long operations) {}

  private final SavedModelPrior prior;
  private final @Nullable EncoderPeer peer;
  private final double seconds;
  private final List<Integer> batches;
  private final int square;
  private final Random random = new Random(1);

  /**
   * Measures nothing yet.
   *
   * @param peer to be measured beside it, if any
   * @param seconds that the measuring takes, about; at least three rounds are made
   */
  public EncoderRates(SavedModelPrior prior, @Nullable EncoderPeer peer, double seconds) {
    this(prior, peer, seconds, BATCHES, SQUARE);
  }

  /** The same for other batches, with another size of the square product that is the yardstick. */
  EncoderRates(
      SavedModelPrior prior,
      @Nullable EncoderPeer peer,
      double seconds,
      List<Integer> batches,
      int square) {
    this.prior = prior;
    this.peer = peer;
    this.seconds = seconds;
    this.batches = batches;
    this.square = square;
  }

  /**
   * Measures.
   *
   * @throws StartException if the peer's z differs by more than 1e-4: it computes something else
   */
  public Report measure() {
    Map<String, Weights> weights = prior.weights();
    if (peer == null) {
      return measure(weights, null, Double.NaN);
    }
    try (EncoderPeer.Model model = peer.load(weights)) {
      double difference = difference(model);
      if (!(difference <= LARGEST_DIFFERENCE)) {
        throw new StartException(
            "%s gives other answers than the PK: z differs by %.1e; nothing is measured"
                .formatted(peer.name(), difference));
      }
      return measure(weights, model, difference);
    }
  }

  private Report measure(
      Map<String, Weights> weights, EncoderPeer.@Nullable Model model, double difference) {
    List<LayerProduct> layers = LayerProduct.encode(weights);
    long encodeOperations = LayerProduct.operations(layers);
    long againOperations = LayerProduct.operations(LayerProduct.generateAndEncode(weights));
    List<MatrixProduct> products = new ArrayList<>();
    try {
      MatrixProduct yardstick = open(products, square, square, square);
      int half = square / 2;
      MatrixProduct smaller = open(products, half, half, half);
      List<MatrixProduct> shaped = new ArrayList<>();
      for (LayerProduct layer : layers) {
        shaped.add(open(products, IM2COL_FACES * layer.rows(), layer.inner(), layer.columns()));
      }
      Contender smallerRate = new Contender(smaller::compute, 2.0 * half * half * half);
      Contender shapedRate =
          new Contender(
              () -> shaped.forEach(MatrixProduct::compute),
              (double) IM2COL_FACES * encodeOperations);
      List<Turn> encode = new ArrayList<>();
      List<Turn> again = new ArrayList<>();
      for (int batch : batches) {
        byte[] pixels = faces(batch);
        float[] z = uniform(batch * prior.latentSize());
        float[] affect = uniform(batch * 2);
        encode.add(
            new Turn(
                batch,
                square(yardstick),
                new Contender(() -> prior.encode(pixels, batch), batch),
                model == null ? null : new Contender(() -> model.encode(pixels, batch), batch),
                encodeOperations));
        again.add(
            new Turn(
                batch,
                square(yardstick),
                new Contender(() -> prior.generateAndEncode(z, affect, batch), batch),
                model == null
                    ? null
                    : new Contender(() -> model.generateAndEncode(z, affect, batch), batch),
                againOperations));
      }
      List<Turn> turns = new ArrayList<>(encode);
      turns.addAll(again);
      int rounds = takeTurns(turns, List.of(smallerRate, shapedRate));
      Map<String, Double> gigaflops = new LinkedHashMap<>();
      List<Double> squares = new ArrayList<>();
      turns.forEach(turn -> squares.addAll(turn.square.rates));
      gigaflops.put(shape(square), median(squares) / 1e9);
      gigaflops.put(shape(half), median(smallerRate.rates) / 1e9);
      gigaflops.put(
          "im2col of encode's layers, " + IM2COL_FACES + " faces", median(shapedRate.rates) / 1e9);
      return new Report(
          encodeOperations,
          againOperations,
          gigaflops,
          rounds,
          peer == null ? "none" : peer.name(),
          difference,
          encode.stream().map(turn -> rate(turn, shapedRate)).toList(),
          again.stream().map(turn -> rate(turn, shapedRate)).toList());
    } finally {
      products.forEach(MatrixProduct::close);
    }
  }

  private MatrixProduct open(List<MatrixProduct> products, int rows, int inner, int columns) {
    MatrixProduct product = new MatrixProduct(prior.device(), rows, inner, columns);
    products.add(product);
    return product;
  }

  private Contender square(MatrixProduct product) {
    return new Contender(product::compute, 2.0 * square * square * square);
  }

  private static String shape(int size) {
    return "%d x %d x %d".formatted(size, size, size);
  }

  /** Rounds until the time is up; the first, which warms up, does not count. */
  private int takeTurns(List<Turn> turns, List<Contender> others) {
    double slice = Math.min(LONGEST_SLICE_SECONDS, seconds / LEAST_SLICES);
    long begin = System.nanoTime();
    int rounds = 0;
    do {
      others.forEach(other -> other.takeTurn(slice));
      for (Turn turn : turns) {
        turn.square.takeTurn(slice);
        turn.ours.takeTurn(slice);
        if (turn.peer != null) {
          turn.peer.takeTurn(slice);
        }
      }
      if (rounds == 0) {
        others.forEach(other -> other.rates.clear());
        for (Turn turn : turns) {
          turn.square.rates.clear();
          turn.ours.rates.clear();
          if (turn.peer != null) {
            turn.peer.rates.clear();
          }
        }
      }
      rounds++;
    } while (rounds <= LEAST_ROUNDS
        || (rounds <= MOST_ROUNDS && (System.nanoTime() - begin) / 1e9 < seconds));
    return rounds - 1;
  }

  private static Rate rate(Turn turn, Contender shaped) {
    List<Double> ours = turn.ours.rates;
    return new Rate(
        turn.batch,
        median(ours),
        median(ours) * turn.operations / 1e9,
        medianRatio(ours, turn.square.rates) * turn.operations,
        medianRatio(ours, shaped.rates) * turn.operations,
        turn.peer == null ? Double.NaN : median(turn.peer.rates),
        turn.peer == null ? Double.NaN : medianRatio(ours, turn.peer.rates));
  }

  static double medianRatio(List<Double> ours, List<Double> theirs) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(ours.get(i) / theirs.get(i));
    }
    return median(ratios);
  }

  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private double difference(EncoderPeer.Model model) {
    int faces = 9;
    byte[] pixels = faces(faces);
    float[] z = uniform(faces * prior.latentSize());
    float[] affect = uniform(faces * 2);
    return Math.max(
        largest(prior.encode(pixels, faces).z(), model.encode(pixels, faces)),
        largest(
            prior.generateAndEncode(z, affect, faces).z(),
            model.generateAndEncode(z, affect, faces)));
  }

  private static double largest(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new StartException(
          "the peer gives " + b.length + " numbers where the PK gives " + a.length);
    }
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  /** Pictures with a coarse pattern, since z of mere noise is much the same for all noise. */
  private byte[] faces(int count) {
    byte[] pixels = new byte[count * FACE_BYTES];
    for (int face = 0; face < count; face++) {
      byte[] patches = new byte[12 * 12 * 3];
      random.nextBytes(patches);
      for (int i = 0; i < FACE_BYTES; i++) {
        int channel = i % 3;
        int x = i / 3 % 96;
        int y = i / (3 * 96);
        pixels[face * FACE_BYTES + i] = patches[(y / 8 * 12 + x / 8) * 3 + channel];
      }
    }
    return pixels;
  }

  private float[] uniform(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }
}
