package io.paffmem.stage;

import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the PK imagines of faces with the expressions of a {@link SeedLayout}: z' = E(G(z, y)) and
 * what the PK reads there, D_em(z'), for each y of the layout.
 *
 * <p>For a fixed z both are smooth functions of two variables, so a layout may have the PK compute
 * them at few nodes. They are interpolated between those ({@link ChebyshevGrid}), as what they are
 * before their tanh, which keeps them within (-1, 1). Four y of the layout are computed besides: if
 * interpolated z' lie further than {@link #FARTHEST} from them (squared, in the mean), every y of
 * the layout is computed, if it is worth it: a memory lets neurons say nothing whose faces the PK
 * itself does not read as what was wished, so below a fidelity of {@value #LEAST_FIDELITY} the
 * interpolated ones do. The nodes of several faces are computed together.
 */
public final class ImaginedSeeds {
  /**
   * Half of the squared distance up to which a neuron takes a face for its own. The four y lie
   * between nodes, where the interpolation is worst.
   */
  static final double FARTHEST = 0.45;

  /**
   * Of the faces that were computed, on the axis where it is less. A memory's neurons are silent
   * below 0.8; the fidelity over all views of a person lies about that of each.
   */
  static final double LEAST_FIDELITY = 0.7;

  /** Of a value of z', so that it has a finite place before its tanh. */
  private static final double LARGEST = 1 - 1e-6;

  /** What computes z' and what is read there. */
  interface Pk {
    Encodings generateAndEncode(float[] z, float[] y, int faces);
  }

  /**
   * One face to imagine others from.
   *
   * @param z latentSize numbers in [-1, 1]
   */
  public record Wish(float[] z, SeedLayout layout) {}

  /**
   * What was imagined.
   *
   * @param faces z' and what the PK reads there, for each y of the layout
   * @param computed how many faces the PK was asked for
   */
  public record Imagined(Encodings faces, int computed) {}

  private final Pk pk;
  private final int latentSize;
  private final int facesPerRun;

  /** Imagined by this PK. */
  public ImaginedSeeds(PriorKnowledge prior) {
    this(prior::generateAndEncode, prior.latentSize(), prior.facesPerRun());
  }

  ImaginedSeeds(Pk pk, int latentSize, int facesPerRun) {
    this.pk = pk;
    this.latentSize = latentSize;
    this.facesPerRun = facesPerRun;
  }

  /** What the PK imagines of one face. */
  public Imagined of(float[] z, SeedLayout layout) {
    return of(List.of(new Wish(z, layout))).get(0);
  }

  /** What the PK imagines of some faces, in their order. */
  public List<Imagined> of(List<Wish> wishes) {
    List<Encodings> computed =
        compute(wishes, wishes.stream().map(wish -> wish.layout.computed()).toList());
    List<Imagined> imagined = new ArrayList<>();
    List<Integer> doubtful = new ArrayList<>();
    for (int i = 0; i < wishes.size(); i++) {
      SeedLayout layout = wishes.get(i).layout;
      Encodings known = computed.get(i);
      int faces = layout.computed().length / 2;
      ChebyshevGrid grid = layout.grid();
      if (grid == null) {
        imagined.add(new Imagined(known, faces));
        continue;
      }
      Encodings between = new Encodings(between(grid, known.z()), between(grid, known.affect()));
      if (error(layout, between.z(), known.z()) > FARTHEST
          && fidelity(layout.computed(), known.affect()) >= LEAST_FIDELITY) {
        doubtful.add(i);
      }
      keepChecks(layout, known, between);
      imagined.add(new Imagined(between, faces));
    }
    computeAll(wishes, doubtful, imagined);
    return imagined;
  }

  /** Replaces what was interpolated of these by what the PK computes. */
  private void computeAll(List<Wish> wishes, List<Integer> which, List<Imagined> imagined) {
    List<Wish> some = which.stream().map(wishes::get).toList();
    List<Encodings> all = compute(some, some.stream().map(wish -> wish.layout.y()).toList());
    for (int i = 0; i < all.size(); i++) {
      int at = which.get(i);
      int before = imagined.get(at).computed;
      imagined.set(at, new Imagined(all.get(i), before + some.get(i).layout.pairs()));
    }
  }

  /** At the layout's y, from what is known at the nodes, which come first. */
  private static float[] between(ChebyshevGrid grid, float[] known) {
    int width = known.length / (grid.size() + SeedLayout.CHECKS);
    double[] atNodes = new double[grid.size() * width];
    for (int i = 0; i < atNodes.length; i++) {
      double value = Math.max(-LARGEST, Math.min(LARGEST, known[i]));
      atNodes[i] = 0.5 * Math.log((1 + value) / (1 - value));
    }
    double[] values = grid.interpolate(atNodes, width);
    float[] between = new float[values.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = (float) Math.tanh(values[i]);
    }
    return between;
  }

  /** Mean squared distance of interpolated from computed z' over the y that check. */
  private double error(SeedLayout layout, float[] between, float[] known) {
    int[] checks = layout.checks();
    int first = known.length / latentSize - checks.length;
    double sum = 0;
    for (int i = 0; i < checks.length; i++) {
      for (int k = 0; k < latentSize; k++) {
        double difference =
            between[checks[i] * latentSize + k] - known[(first + i) * latentSize + k];
        sum += difference * difference;
      }
    }
    return sum / checks.length;
  }

  /**
   * How truly the PK reads faces that it imagined: 1 less the share of the wishes' variance that it
   * misses, on the axis where it is less; at most 1.
   *
   * @param wished n x 2
   * @param read n x 2
   */
  private static double fidelity(float[] wished, float[] read) {
    double least = 1;
    for (int axis = 0; axis < 2; axis++) {
      double mean = 0;
      for (int i = axis; i < wished.length; i += 2) {
        mean += wished[i];
      }
      mean /= wished.length / 2.0;
      double missed = 0;
      double variance = 0;
      for (int i = axis; i < wished.length; i += 2) {
        missed += (wished[i] - read[i]) * (wished[i] - read[i]);
        variance += (wished[i] - mean) * (wished[i] - mean);
      }
      least = Math.min(least, 1 - missed / variance);
    }
    return least;
  }

  /** Puts what was computed for the y that check in the place of what was interpolated there. */
  private void keepChecks(SeedLayout layout, Encodings known, Encodings between) {
    int[] checks = layout.checks();
    int first = known.affect().length / 2 - checks.length;
    for (int i = 0; i < checks.length; i++) {
      System.arraycopy(
          known.z(), (first + i) * latentSize, between.z(), checks[i] * latentSize, latentSize);
      System.arraycopy(known.affect(), 2 * (first + i), between.affect(), 2 * checks[i], 2);
    }
  }

  /**
   * Each z with each of its y, all in the same runs.
   *
   * @param y for each wish n x 2
   */
  private List<Encodings> compute(List<Wish> wishes, List<float[]> y) {
    int[] counts = y.stream().mapToInt(some -> some.length / 2).toArray();
    int total = IntStream.of(counts).sum();
    float[] rows = new float[total * latentSize];
    float[] affect = new float[2 * total];
    int row = 0;
    for (int i = 0; i < counts.length; i++) {
      System.arraycopy(y.get(i), 0, affect, 2 * row, 2 * counts[i]);
      for (int j = 0; j < counts[i]; j++) {
        System.arraycopy(wishes.get(i).z, 0, rows, row++ * latentSize, latentSize);
      }
    }
    float[] z = new float[rows.length];
    float[] read = new float[affect.length];
    int runs = (total + facesPerRun - 1) / facesPerRun;
    for (int run = 0; run < runs; run++) {
      int from = (int) ((long) run * total / runs);
      int to = (int) ((long) (run + 1) * total / runs);
      run(rows, affect, from, to, z, read);
    }
    List<Encodings> computed = new ArrayList<>();
    int from = 0;
    for (int count : counts) {
      int to = from + count;
      computed.add(
          new Encodings(
              Arrays.copyOfRange(z, from * latentSize, to * latentSize),
              Arrays.copyOfRange(read, 2 * from, 2 * to)));
      from = to;
    }
    return computed;
  }

  private void run(float[] rows, float[] affect, int from, int to, float[] z, float[] read) {
    int faces = to - from;
    Encodings some =
        pk.generateAndEncode(
            Arrays.copyOfRange(rows, from * latentSize, to * latentSize),
            Arrays.copyOfRange(affect, 2 * from, 2 * to),
            faces);
    if (some.z().length != faces * latentSize || some.affect().length != 2 * faces) {
      throw new IllegalStateException(
          "For %d faces the PK gave %d values of z' and %d of affect"
              .formatted(faces, some.z().length, some.affect().length));
    }
    System.arraycopy(some.z(), 0, z, from * latentSize, some.z().length);
    System.arraycopy(some.affect(), 0, read, 2 * from, some.affect().length);
  }
}
