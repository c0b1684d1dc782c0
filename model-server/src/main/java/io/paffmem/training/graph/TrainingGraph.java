package io.paffmem.training.graph;

import io.paffmem.network.EmotionDiscriminator;
import io.paffmem.network.Encoder;
import io.paffmem.network.Generator;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.network.Pixels;
import io.paffmem.network.PriorDiscriminator;
import io.paffmem.network.RealDiscriminator;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.ModelException;
import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.training.config.Loss;
import io.paffmem.training.config.LossWeights;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.config.TrainingException;
import io.paffmem.training.faces.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** All networks with their losses and optimiser; one run is one step. */
public final class TrainingGraph implements AutoCloseable {
  private static final float BETA1 = 0.5f;
  private static final float BETA2 = 0.999f;
  private static final int DROPOUT_STREAM = 3;
  private static final float[] BLUR = {0.25f, 0.5f, 0.25f};

  private final NetworkConfig network;
  private final TrainingConfig config;
  private final Graph graph = new Graph();
  private final Session session;
  private final Ops tf = Ops.create(graph);
  private final Placeholder<TUint8> grey;
  private final Placeholder<TFloat32> affect = matrix(2);
  private final Placeholder<TFloat32> edit = matrix(2);
  private final Placeholder<TInt32> truth = ids();
  private final Placeholder<TFloat32> truthKnown =
      tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
  private final Placeholder<TInt32> person = ids();
  private final Placeholder<TInt32> picture = ids();
  private final Placeholder<TInt32> origin = ids();
  private final Placeholder<TFloat32> latent;
  private final Placeholder<TInt32> noiseSeed =
      tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
  private final Parameters encoder;
  private final Parameters generator;
  private final Parameters emotion;
  private final Parameters prior;
  private final Parameters real;
  private final LossTerms losses;
  private final Adam adam = new Adam(tf, BETA1, BETA2);
  private final List<Op> updates;
  private final Averages averages;
  private final Operand<TFloat32> embedded;
  private final Operand<TFloat32> predicted;
  private final Operand<TUint8> edited;

  /**
   * A graph without weights.
   *
   * @param device a verified one
   * @param identity folder of a face-identity network; needed if the identity loss counts
   * @throws ModelException if that network cannot be used
   */
  public TrainingGraph(
      NetworkConfig network, TrainingConfig config, Device device, Optional<Path> identity) {
    this.network = network;
    this.config = config;
    int size = NetworkConfig.IMAGE_SIZE;
    grey = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, size, size, 1)));
    latent = matrix(network.latentSize());
    encoder = new Parameters(tf, "encoder", config.seed());
    generator = new Parameters(tf, "generator", config.seed());
    emotion = new Parameters(tf, "emotion", config.seed());
    prior = new Parameters(tf, "prior", config.seed());
    real = new Parameters(tf, "real", config.seed());
    losses = new LossTerms(config.weights());

    Operand<TFloat32> x = Pixels.fromGrey(tf, grey);
    Encoder e = new Encoder(tf, network, encoder);
    Operand<TFloat32> features = e.features(x);
    Operand<TFloat32> codes = e.embed(features);
    Operand<TFloat32> read =
        new EmotionDiscriminator(tf, network, emotion).apply(e.embed(thinned(features)));
    if (config.encoderFixed()) {
      codes = tf.stopGradient(codes);
    }
    Operand<TFloat32> z = codes;
    LatentDistances distances = new LatentDistances(tf, config.batch(), person, picture, origin);
    Operand<TFloat32> between = distances.squared(z);
    Operand<TFloat32> scale = tf.stopGradient(mean(between));
    losses.add(tf, Loss.EMOTION, () -> squaredError(read, affect));
    losses.add(tf, Loss.CONCORDANCE, () -> discordance(read, affect));
    losses.add(tf, Loss.DISTANCE, () -> distances.order(between, scale, affect));
    losses.add(tf, Loss.SPREAD, () -> distances.narrowness(z));
    List<Operand<TFloat32>> adversaries = new ArrayList<>();
    losses.add(tf, Loss.PRIOR, () -> fooledPrior(z, adversaries));
    new Generator(tf, network, generator).apply(z, affect);
    if (config.generated() > 0) {
      generatorLosses(x, z, scale, identity, adversaries);
    }

    Map<String, Variable<TFloat32>> mains = new LinkedHashMap<>(encoder.variables());
    mains.putAll(generator.variables());
    mains.putAll(emotion.variables());
    Map<String, Variable<TFloat32>> judges = new LinkedHashMap<>(prior.variables());
    judges.putAll(real.variables());
    List<Adam.Objective> objectives = new ArrayList<>();
    objectives.add(new Adam.Objective(losses.total(tf), learning(), 1));
    if (!adversaries.isEmpty()) {
      objectives.add(new Adam.Objective(tf.math.addN(adversaries), judges, 0.5f));
    }
    updates = adam.minimise(objectives);
    averages = new Averages(tf, mains, config.averaging());

    Map<String, Variable<TFloat32>> shipped = averages.variables();
    embedded = new Encoder(tf, network, encoder.frozen(shipped)).apply(x);
    predicted = new EmotionDiscriminator(tf, network, emotion.frozen(shipped)).apply(embedded);
    edited =
        Pixels.toRgb(
            tf, new Generator(tf, network, generator.frozen(shipped)).apply(embedded, edit));
    session = new Session(graph, false, device.sessionConfig());
  }

  /** What G is taught by, and what it teaches E. */
  private void generatorLosses(
      Operand<TFloat32> x,
      Operand<TFloat32> codes,
      Operand<TFloat32> scale,
      Optional<Path> identity,
      List<Operand<TFloat32>> adversaries) {
    Operand<TFloat32> face = first(x);
    Operand<TFloat32> code = first(codes);
    Operand<TFloat32> label = first(affect);
    Operand<TFloat32> aim = first(edit);
    Operand<TFloat32> known = first(truthKnown);
    Operand<TInt32> truthRow = first(truth);
    Generator g = new Generator(tf, network, generator);
    Operand<TFloat32> reconstructed = g.apply(code, label);
    // Edits teach G alone: E must not bend z to make editing easy.
    Operand<TFloat32> editedFace = g.apply(tf.stopGradient(code), aim);
    losses.add(tf, Loss.RECONSTRUCTION, () -> mean(tf.math.abs(tf.math.sub(face, reconstructed))));
    losses.add(
        tf,
        Loss.IDENTITY,
        () ->
            new IdentityLoss(
                    tf,
                    identity.orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "the identity loss counts but there is no identity network")))
                .loss(Pixels.inColours(tf, face), Pixels.inColours(tf, reconstructed)));
    losses.add(
        tf,
        Loss.KNOWN_EDIT,
        () -> {
          Operand<TFloat32> target = tf.gather(x, truthRow, tf.constant(0));
          Operand<TFloat32> error = tf.math.abs(tf.math.sub(target, editedFace));
          return mean(tf.math.mul(known, tf.math.mean(error, tf.constant(new int[] {1, 2, 3}))));
        });
    Encoder e = new Encoder(tf, network, config.encoderFixed() ? encoder.frozen() : encoder);
    Operand<TFloat32> codeOfEdited = e.apply(noisy(editedFace, 1));
    losses.add(
        tf,
        Loss.KNOWN_CODE,
        () -> {
          Operand<TFloat32> target = tf.stopGradient(tf.gather(codes, truthRow, tf.constant(0)));
          return tf.math.div(
              mean(tf.math.mul(known, squaredDistance(codeOfEdited, target))), scale);
        });
    losses.add(
        tf,
        Loss.REENCODING,
        () ->
            squaredError(
                new EmotionDiscriminator(tf, network, emotion.frozen()).apply(codeOfEdited), aim));
    losses.add(
        tf,
        Loss.CYCLE,
        () ->
            tf.math.div(
                squaredError(e.apply(noisy(reconstructed, 2)), tf.stopGradient(code)), scale));
    losses.add(
        tf,
        Loss.IMAGE,
        () -> {
          RealDiscriminator dReal = new RealDiscriminator(tf, network, real);
          Operand<TFloat32> editedLogit = dReal.apply(editedFace, aim);
          Operand<TFloat32> own = adversary(dReal.apply(face, label), editedLogit);
          adversaries.add(own);
          losses.report("real-discriminator", own);
          return mean(tf.math.softplus(tf.math.neg(editedLogit)));
        });
  }

  private Operand<TFloat32> fooledPrior(
      Operand<TFloat32> codes, List<Operand<TFloat32>> adversaries) {
    PriorDiscriminator dPrior = new PriorDiscriminator(tf, network, prior);
    Operand<TFloat32> logit = dPrior.apply(codes);
    Operand<TFloat32> own = adversary(dPrior.apply(latent), logit);
    adversaries.add(own);
    losses.report("prior-discriminator", own);
    return mean(tf.math.softplus(tf.math.neg(logit)));
  }

  /** The variables that some loss moves: a gradient that does not exist is an error. */
  private Map<String, Variable<TFloat32>> learning() {
    LossWeights weights = config.weights();
    Map<String, Variable<TFloat32>> learning = new LinkedHashMap<>();
    if (!config.encoderFixed()) {
      learning.putAll(encoder.variables());
    }
    if (weights.byLoss().keySet().stream().anyMatch(Loss::ofGenerator)) {
      learning.putAll(generator.variables());
    }
    if (!config.encoderFixed() && weights.any(Loss.EMOTION, Loss.CONCORDANCE)) {
      learning.putAll(emotion.variables());
    }
    return learning;
  }

  /** Fresh weights. */
  public void initialize() {
    session.initialize();
  }

  /**
   * Takes over the weights of a PK, all or some of its networks; those of a narrower network are
   * widened.
   *
   * @param weights by variable name
   * @throws TrainingException if one does not fit, or is of no network here
   */
  public void adopt(Map<String, Weights> weights) {
    Map<String, Variable<TFloat32>> own = new LinkedHashMap<>(encoder.variables());
    own.putAll(generator.variables());
    own.putAll(emotion.variables());
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      weights.forEach(
          (name, value) -> {
            Variable<TFloat32> variable = own.get(name);
            if (variable == null) {
              throw misfit(name, value, "not in these networks");
            }
            Shape shape = variable.shape();
            int[] sizes = Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
            float[] adopted =
                Widening.widened(name, value, sizes, values(variable))
                    .orElseThrow(() -> misfit(name, value, shape + " here"));
            TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(adopted));
            tensors.add(tensor);
            Placeholder<TFloat32> feed = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
            runner.feed(feed, tensor).addTarget(tf.assign(variable, feed));
            runner.addTarget(
                tf.assign(Objects.requireNonNull(averages.variables().get(name)), feed));
          });
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  private float[] values(Variable<TFloat32> variable) {
    try (Result result = session.runner().fetch(variable).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private static TrainingException misfit(String name, Weights value, String here) {
    Shape shape = Shape.of(Arrays.stream(value.shape()).asLongStream().toArray());
    return new TrainingException(
        name
            + " is "
            + shape
            + " in that PK and "
            + here
            + "; give the widths that it was trained with, or wider ones");
  }

  /** Writes all weights and optimiser state under this path's prefix. */
  public void save(Path prefix) {
    session.save(prefix.toString());
  }

  /** Reads what {@link #save} wrote. */
  public void restore(Path prefix) {
    session.restore(prefix.toString());
  }

  /**
   * One step.
   *
   * @param rate learning rate of E, G and D_em
   * @param step counted from 1
   * @return the losses that count, and the discriminators' own, by name
   */
  public Map<String, Float> step(Batch batch, double rate, long step) {
    try (TUint8 greyTensor = greyTensor(batch.grey(), batch.faces());
        TFloat32 affectTensor = matrix(batch.affect(), 2);
        TFloat32 editTensor = matrix(batch.edit(), 2);
        TInt32 truthTensor = TInt32.vectorOf(batch.truth());
        TFloat32 knownTensor = TFloat32.vectorOf(batch.truthKnown());
        TInt32 personTensor = TInt32.vectorOf(batch.person());
        TInt32 pictureTensor = TInt32.vectorOf(batch.picture());
        TInt32 originTensor = TInt32.vectorOf(batch.origin());
        TFloat32 latentTensor = matrix(batch.latent(), network.latentSize());
        TInt32 seedTensor = TInt32.scalarOf((int) step);
        Adam.Feeds feeds = adam.at(rate, step)) {
      Session.Runner runner =
          feeds
              .into(session.runner())
              .feed(grey, greyTensor)
              .feed(affect, affectTensor)
              .feed(edit, editTensor)
              .feed(truth, truthTensor)
              .feed(truthKnown, knownTensor)
              .feed(person, personTensor)
              .feed(picture, pictureTensor)
              .feed(origin, originTensor)
              .feed(latent, latentTensor)
              .feed(noiseSeed, seedTensor);
      losses.values().forEach(runner::fetch);
      updates.forEach(runner::addTarget);
      Map<String, Float> values = new LinkedHashMap<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < losses.names().size(); i++) {
          values.put(losses.names().get(i), ((TFloat32) result.get(i)).getFloat());
        }
      }
      averages.update(session, step);
      return values;
    }
  }

  /** The PK's answer: faces x 2 for faces x 96 x 96 luminance values. */
  public float[] predict(byte[] pixels, int faces) {
    try (TUint8 greyTensor = greyTensor(pixels, faces);
        Result result = session.runner().feed(grey, greyTensor).fetch(predicted).run()) {
      float[] values = new float[2 * faces];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  /** The PK's z and answer for faces x 96 x 96 luminance values. */
  public Encodings embed(byte[] pixels, int faces) {
    try (TUint8 greyTensor = greyTensor(pixels, faces);
        Result result =
            session.runner().feed(grey, greyTensor).fetch(embedded).fetch(predicted).run()) {
      float[] z = new float[network.latentSize() * faces];
      float[] read = new float[2 * faces];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(z);
      ((TFloat32) result.get(1)).asRawTensor().data().asFloats().read(read);
      return new Encodings(z, read);
    }
  }

  /** Edited faces: faces x 96 x 96 x 3 for luminance values and faces x 2 wished labels. */
  public byte[] edit(byte[] pixels, float[] wished, int faces) {
    try (TUint8 greyTensor = greyTensor(pixels, faces);
        TFloat32 editTensor = matrix(wished, 2);
        Result result =
            session.runner().feed(grey, greyTensor).feed(edit, editTensor).fetch(edited).run()) {
      byte[] rgb = new byte[faces * NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE * 3];
      ((TUint8) result.get(0)).asRawTensor().data().read(rgb);
      return rgb;
    }
  }

  /** The averaged weights that a PK ships with (E, G, D_em), by name. */
  public Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    averages
        .variables()
        .forEach(
            (name, variable) -> {
              try (Result result = session.runner().fetch(variable).run()) {
                TFloat32 value = (TFloat32) result.get(0);
                float[] numbers = new float[(int) value.size()];
                value.asRawTensor().data().asFloats().read(numbers);
                weights.put(name, numbers);
              }
            });
    return weights;
  }

  /** The rows that G sees. */
  private <T extends TType> Operand<T> first(Operand<T> rows) {
    Shape shape = rows.shape();
    int[] begin = new int[shape.numDimensions()];
    int[] size = new int[begin.length];
    size[0] = config.generated();
    for (int i = 1; i < size.length; i++) {
      size[i] = Math.toIntExact(shape.get(i));
    }
    return tf.slice(rows, tf.constant(begin), tf.constant(size));
  }

  /** With some of its numbers hidden, the same ones whenever the step is the same. */
  private Operand<TFloat32> thinned(Operand<TFloat32> features) {
    if (config.dropout() == 0) {
      return features;
    }
    Operand<TInt32> seed = tf.stack(List.of(noiseSeed, tf.constant(DROPOUT_STREAM)));
    Operand<TFloat32> chance = tf.random.statelessRandomUniform(tf.shape(features), seed);
    float dropout = (float) config.dropout();
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(chance, tf.constant(dropout)), TFloat32.class);
    return tf.math.mul(features, tf.math.mul(kept, tf.constant(1 / (1 - dropout))));
  }

  /** Noise that is the same whenever the step is. */
  /**
   * A face as E reads it while it judges G: a little blurred, and with noise. E and G cannot agree
   * on stripes of a pixel each, which E would see and nobody else.
   */
  private Operand<TFloat32> noisy(Operand<TFloat32> sharp, int stream) {
    if (config.codeNoise() == 0) {
      return sharp;
    }
    Operand<TFloat32> face = blurred(sharp);
    Operand<TInt32> seed = tf.stack(List.of(noiseSeed, tf.constant(stream)));
    Operand<TFloat32> noise =
        tf.stopGradient(tf.random.statelessRandomNormal(tf.shape(face), seed));
    return tf.math.add(face, tf.math.mul(tf.constant((float) config.codeNoise()), noise));
  }

  /** The mean of each pixel and its neighbours, weighted 1, 2, 1 along each axis. */
  private Operand<TFloat32> blurred(Operand<TFloat32> face) {
    float[] weights = new float[BLUR.length * BLUR.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = BLUR[i / BLUR.length] * BLUR[i % BLUR.length];
    }
    Operand<TFloat32> kernel =
        tf.constant(Shape.of(BLUR.length, BLUR.length, 1, 1), DataBuffers.of(weights));
    Operand<TInt32> margin = tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}});
    return tf.nn.conv2d(
        tf.mirrorPad(face, margin, "REFLECT"), kernel, List.of(1L, 1L, 1L, 1L), "VALID");
  }

  private Operand<TFloat32> adversary(Operand<TFloat32> truths, Operand<TFloat32> fakes) {
    return tf.math.add(mean(tf.math.softplus(tf.math.neg(truths))), mean(tf.math.softplus(fakes)));
  }

  /** 1 - CCC over the rows, mean over the columns. */
  private Operand<TFloat32> discordance(Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat32> meanA = tf.math.mean(a, tf.constant(0), Mean.keepDims(true));
    Operand<TFloat32> meanB = tf.math.mean(b, tf.constant(0), Mean.keepDims(true));
    Operand<TFloat32> fromA = tf.math.sub(a, meanA);
    Operand<TFloat32> fromB = tf.math.sub(b, meanB);
    Operand<TFloat32> spread =
        tf.math.addN(
            List.of(
                rowMean(tf.math.square(fromA)),
                rowMean(tf.math.square(fromB)),
                rowMean(tf.math.squaredDifference(meanA, meanB)),
                tf.constant(new float[] {1e-3f, 1e-3f})));
    Operand<TFloat32> shared = tf.math.mul(tf.constant(2f), rowMean(tf.math.mul(fromA, fromB)));
    return mean(tf.math.sub(tf.constant(1f), tf.math.div(shared, spread)));
  }

  private Operand<TFloat32> rowMean(Operand<TFloat32> matrix) {
    return tf.math.mean(matrix, tf.constant(0));
  }

  private Operand<TFloat32> squaredDistance(Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.sum(tf.math.squaredDifference(a, b), tf.constant(1));
  }

  private Operand<TFloat32> squaredError(Operand<TFloat32> a, Operand<TFloat32> b) {
    return mean(squaredDistance(a, b));
  }

  private Operand<TFloat32> mean(Operand<TFloat32> values) {
    int[] axes = new int[values.shape().numDimensions()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return tf.math.mean(values, tf.constant(axes));
  }

  private Placeholder<TFloat32> matrix(int columns) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, columns)));
  }

  private Placeholder<TInt32> ids() {
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
  }

  private static TUint8 greyTensor(byte[] pixels, int faces) {
    int size = NetworkConfig.IMAGE_SIZE;
    return TUint8.tensorOf(Shape.of(faces, size, size, 1), DataBuffers.of(pixels));
  }

  private static TFloat32 matrix(float[] values, int columns) {
    return TFloat32.tensorOf(Shape.of(values.length / columns, columns), DataBuffers.of(values));
  }

  @Override
  public void close() {
    // The session first: a graph waits for its sessions.
    session.close();
    graph.close();
  }
}
