package io.paffmem.prior.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.paffmem.prior.Activations;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.ModelException;
import io.paffmem.prior.TinyPrior;
import io.paffmem.prior.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

class SavedModelPriorTest {
  private static final int SIZE = 96;
  private static final int FACE_BYTES = SIZE * SIZE * 3;
  private static final int LATENT = 8;
  private static final Map<String, float[]> WEIGHTS = TinyPrior.weights(7);

  @TempDir static Path shared;
  private static Path folder;
  private static SavedModelPrior prior;

  @BeforeAll
  static void load() {
    folder = shared.resolve("pk");
    PriorExport.write(TinyPrior.CONFIG, WEIGHTS, "pk-tiny-1", folder);
    prior = SavedModelPrior.load(folder, Device.CPU);
  }

  @AfterAll
  static void close() {
    prior.close();
  }

  @Test
  void load_exportedModel_saysWhatItIs() {
    assertThat(prior.latentSize()).isEqualTo(LATENT);
    assertThat(prior.imageSize()).isEqualTo(SIZE);
    assertThat(prior.device()).isEqualTo(Device.CPU);
    assertThat(prior.modelVersion()).matches("pk-tiny-1-[0-9a-f]{8}");
  }

  @Test
  void weights_exportedModel_areThoseThatWereWritten() {
    Map<String, Weights> weights = prior.weights();

    assertThat(weights.keySet()).isEqualTo(WEIGHTS.keySet());
    weights.forEach((name, read) -> assertThat(read.values()).isEqualTo(WEIGHTS.get(name)));
    assertThat(weights.get("encoder_latent_bias"))
        .satisfies(bias -> assertThat(bias.shape()).containsExactly(LATENT));
  }

  @Test
  void encode_faces_givesLatentsAndAffectInRangeThatDependOnTheFace() {
    Encodings encodings = prior.encode(faces(3, 1), 3);

    assertThat(encodings.z()).hasSize(3 * LATENT);
    assertThat(encodings.affect()).hasSize(3 * 2);
    assertWithinOne(encodings.z());
    assertWithinOne(encodings.affect());
    assertThat(Arrays.copyOfRange(encodings.z(), 0, LATENT))
        .isNotEqualTo(Arrays.copyOfRange(encodings.z(), LATENT, 2 * LATENT));
  }

  @Test
  void encode_batch_givesTheSameAsSingleFaces() {
    byte[] pixels = faces(4, 2);

    Encodings together = prior.encode(pixels, 4);

    for (int i = 0; i < 4; i++) {
      Encodings alone =
          prior.encode(Arrays.copyOfRange(pixels, i * FACE_BYTES, (i + 1) * FACE_BYTES), 1);
      assertClose(Arrays.copyOfRange(together.z(), i * LATENT, (i + 1) * LATENT), alone.z(), 1e-5f);
      assertClose(Arrays.copyOfRange(together.affect(), 2 * i, 2 * i + 2), alone.affect(), 1e-5f);
    }
  }

  @Test
  void encode_longerArray_readsOnlyTheFacesInFront() {
    byte[] pixels = faces(3, 3);

    Encodings two = prior.encode(pixels, 2);

    assertThat(two.z()).hasSize(2 * LATENT);
    assertClose(two.z(), Arrays.copyOf(prior.encode(pixels, 3).z(), 2 * LATENT), 1e-5f);
  }

  @Test
  void encode_colour_doesNotMatter() {
    byte[] grey = new byte[FACE_BYTES];
    byte[] coloured = new byte[FACE_BYTES];
    for (int i = 0; i < SIZE * SIZE; i++) {
      // 0.299 x 100 = 29.9: a red of 100 and a grey of 30 are all but equally bright.
      boolean lit = i / SIZE < i % SIZE;
      Arrays.fill(grey, 3 * i, 3 * i + 3, (byte) (lit ? 30 : 200));
      Arrays.fill(coloured, 3 * i, 3 * i + 3, (byte) (lit ? 0 : 200));
      coloured[3 * i] = (byte) (lit ? 100 : 200);
    }
    byte[] darker = grey.clone();
    for (int i = 0; i < darker.length; i++) {
      darker[i] = (byte) ((darker[i] & 0xFF) / 2);
    }

    float[] z = prior.encode(grey, 1).z();

    assertClose(prior.encode(coloured, 1).z(), z, 1e-3f);
    assertThat(largestDifference(prior.encode(darker, 1).z(), z)).isGreaterThan(1e-2f);
  }

  @Test
  void generate_latents_givesGreyLevelsThatDependOnTheWishedAffect() {
    float[] z = uniform(2 * LATENT, 4);

    byte[] pleased = prior.generate(z, new float[] {0.9f, 0.9f, 0.9f, 0.9f}, 2);
    byte[] sad = prior.generate(z, new float[] {-0.9f, -0.9f, -0.9f, -0.9f}, 2);

    assertThat(pleased).hasSize(2 * FACE_BYTES).isNotEqualTo(sad);
    boolean[] levels = new boolean[256];
    for (byte level : pleased) {
      levels[level & 0xFF] = true;
    }
    int different = 0;
    for (boolean level : levels) {
      different += level ? 1 : 0;
    }
    assertThat(different).isGreaterThan(10);
  }

  @Test
  void generateAndEncode_latents_givesOtherLatentsInRange() {
    float[] z = uniform(5 * LATENT, 5);
    float[] affect = uniform(5 * 2, 6);

    Encodings encodings = prior.generateAndEncode(z, affect, 5);

    float[] again = encodings.z();
    assertThat(again).hasSize(5 * LATENT);
    assertThat(encodings.affect()).hasSize(2 * 5);
    assertWithinOne(again);
    assertWithinOne(encodings.affect());
    assertThat(again).isNotEqualTo(z);
    assertThat(Arrays.copyOfRange(again, 0, LATENT))
        .isNotEqualTo(Arrays.copyOfRange(again, LATENT, 2 * LATENT));
  }

  @Test
  void generateAndEncode_latents_equalsEncodingOfGeneratedFaces(@TempDir Path temp) {
    Map<String, float[]> contrasting = new HashMap<>(WEIGHTS);
    // Faces of high contrast, that differ from each other.
    contrasting.put("generator_project_weights", scaled("generator_project_weights", 10));
    PriorExport.write(TinyPrior.CONFIG, contrasting, "contrast", temp.resolve("pk"));
    float[] z = uniform(5 * LATENT, 5);
    float[] affect = uniform(5 * 2, 6);

    try (SavedModelPrior own = SavedModelPrior.load(temp.resolve("pk"), Device.CPU)) {
      Encodings imagined = own.generateAndEncode(z, affect, 5);
      float[] again = imagined.z();

      // A grey value is rounded by up to 1/255; faces differ by far more.
      Encodings direct = own.encode(own.generate(z, affect, 5), 5);
      float[] encoded = direct.z();
      float betweenFaces =
          largestDifference(
              Arrays.copyOfRange(again, 0, LATENT), Arrays.copyOfRange(again, LATENT, 2 * LATENT));
      assertClose(encoded, again, Math.min(0.02f, betweenFaces / 4));
      assertClose(direct.affect(), imagined.affect(), 0.02f);
    }
  }

  @Test
  void generateAndEncode_batch_givesTheSameAsSingleFaces() {
    float[] z = uniform(3 * LATENT, 8);
    float[] affect = uniform(3 * 2, 9);

    Encodings together = prior.generateAndEncode(z, affect, 3);

    for (int i = 0; i < 3; i++) {
      Encodings alone =
          prior.generateAndEncode(
              Arrays.copyOfRange(z, i * LATENT, (i + 1) * LATENT),
              Arrays.copyOfRange(affect, 2 * i, 2 * i + 2),
              1);
      assertClose(Arrays.copyOfRange(together.z(), i * LATENT, (i + 1) * LATENT), alone.z(), 1e-5f);
      assertClose(Arrays.copyOfRange(together.affect(), 2 * i, 2 * i + 2), alone.affect(), 1e-5f);
    }
  }

  @Test
  void activations_oneCornerChanged_onlyCellsThatSeeItChange() {
    byte[] pixels = new byte[2 * FACE_BYTES];
    byte[] face = faces(1, 10);
    System.arraycopy(face, 0, pixels, 0, FACE_BYTES);
    System.arraycopy(face, 0, pixels, FACE_BYTES, FACE_BYTES);
    for (int row = SIZE - 8; row < SIZE; row++) {
      int from = FACE_BYTES + 3 * (row * SIZE + SIZE - 8);
      Arrays.fill(pixels, from, from + 3 * 8, (byte) (row % 2 == 0 ? 255 : 0));
    }

    Activations activations = prior.activations(pixels, 2);

    assertThat(activations.side()).isEqualTo(6);
    float[] means = activations.means();
    assertThat(means).hasSize(2 * 36);
    for (float mean : means) {
      assertThat(mean).isNotNegative();
    }
    // A cell sees 61 pixels across, so the first two cells of a row or column end before pixel 64.
    for (int cell : new int[] {0, 1, 6, 7, 12, 30, 5}) {
      assertThat(means[36 + cell]).as("cell %d", cell).isCloseTo(means[cell], within(1e-6f));
    }
    assertThat(means[36 + 35]).isNotCloseTo(means[35], within(1e-4f));
  }

  @Test
  void activationsAt_betweenCells_isBilinear() {
    Activations activations = new Activations(new float[] {9, 9, 9, 9, 0, 1, 2, 3}, 2);

    assertThat(activations.at(1, 0, 0)).isZero();
    assertThat(activations.at(1, 1, 0)).isEqualTo(1);
    assertThat(activations.at(1, 0, 1)).isEqualTo(2);
    assertThat(activations.at(1, 0.5f, 0.5f)).isEqualTo(1.5f);
    assertThat(activations.at(1, 0.25f, 0.5f)).isEqualTo(1);
  }

  @Test
  void activations_modelExportedWithoutThem_loadsAndSaysToExportAgain(@TempDir Path temp)
      throws IOException {
    Path old = temp.resolve("pk");
    PriorExport.write(TinyPrior.CONFIG, WEIGHTS, "pk-old", old);
    Path graph = old.resolve("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(graph)).toBuilder();
    model.getMetaGraphsBuilder(0).removeSignatureDef(PriorExport.ACTIVATIONS);
    Files.write(graph, model.build().toByteArray());

    try (SavedModelPrior loaded = SavedModelPrior.load(old, Device.CPU)) {
      assertThat(loaded.encode(faces(1, 1), 1).z()).isEqualTo(prior.encode(faces(1, 1), 1).z());
      assertThatThrownBy(() -> loaded.activations(faces(1, 1), 1))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("pk-old")
          .hasMessageContaining("export it again");
    }
  }

  @Test
  void modelVersion_copiedFolderWithModelCard_isTheSame(@TempDir Path temp) throws IOException {
    Path copy = temp.resolve("pk");
    Files.createDirectories(copy.resolve("variables"));
    for (String file :
        List.of(
            "saved_model.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001",
            "pk.properties")) {
      Files.copy(folder.resolve(file), copy.resolve(file));
    }
    Files.writeString(copy.resolve("README.md"), "what it was trained on");

    try (SavedModelPrior copied = SavedModelPrior.load(copy, Device.CPU)) {
      assertThat(copied.modelVersion()).isEqualTo(prior.modelVersion());
    }
  }

  @Test
  void modelVersion_otherBytesOfWeights_isAnother(@TempDir Path temp) throws IOException {
    Path copy = temp.resolve("pk");
    Files.createDirectories(copy.resolve("variables"));
    Files.copy(folder.resolve("saved_model.pb"), copy.resolve("saved_model.pb"));
    Path index = Path.of("variables", "variables.index");
    Path data = Path.of("variables", "variables.data-00000-of-00001");
    Files.copy(folder.resolve(index), copy.resolve(index));
    byte[] bytes = Files.readAllBytes(folder.resolve(data));
    Files.write(copy.resolve(data), bytes);
    String before = SavedModelPrior.version(copy);
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy.resolve(data), bytes);

    assertThat(before).startsWith("pk-");
    assertThat(SavedModelPrior.version(copy)).isNotEqualTo(before);
  }

  @Test
  void load_missingFolder_isRefusedByName(@TempDir Path temp) {
    Path missing = temp.resolve("nowhere");

    assertRefused(missing, missing.toString(), "no saved_model.pb");
  }

  @Test
  void load_folderWithoutModel_isRefusedByName(@TempDir Path temp) {
    assertRefused(temp, temp.toString(), "no saved_model.pb");
  }

  @Test
  void load_corruptedGraph_isRefusedByName(@TempDir Path temp) throws IOException {
    Path pk = temp.resolve("pk");
    PriorExport.write(TinyPrior.CONFIG, WEIGHTS, "pk", pk);
    byte[] graph = Files.readAllBytes(pk.resolve("saved_model.pb"));
    Files.write(pk.resolve("saved_model.pb"), Arrays.copyOf(graph, graph.length / 2));

    assertRefused(pk, pk.toString(), "cannot be read");
  }

  @Test
  void load_withoutVariables_isRefusedByName(@TempDir Path temp) throws IOException {
    Path pk = temp.resolve("pk");
    PriorExport.write(TinyPrior.CONFIG, WEIGHTS, "pk", pk);
    Files.delete(pk.resolve("variables/variables.index"));

    assertRefused(pk, pk.toString(), "cannot be read");
  }

  @Test
  void load_otherSignatures_isRefusedByName(@TempDir Path temp) throws IOException {
    export(temp.resolve("pk"), "serving_default", TUint8.class, SIZE, TFloat32.class, LATENT);

    assertRefused(temp.resolve("pk"), "no signature encode", "serving_default", "no PK");
  }

  @Test
  void load_otherImageSize_isRefusedByName(@TempDir Path temp) throws IOException {
    export(temp.resolve("pk"), PriorExport.ENCODE, TUint8.class, 64, TFloat32.class, LATENT);

    assertRefused(temp.resolve("pk"), "images of its signature encode", "64", "96");
  }

  @Test
  void load_imagesOfAnotherType_isRefusedByName(@TempDir Path temp) throws IOException {
    export(temp.resolve("pk"), PriorExport.ENCODE, TFloat32.class, SIZE, TFloat32.class, LATENT);

    assertRefused(temp.resolve("pk"), "images of its signature encode is DT_FLOAT", "DT_UINT8");
  }

  @Test
  void load_latentsOfUnknownWidth_isRefusedByName(@TempDir Path temp) throws IOException {
    export(temp.resolve("pk"), PriorExport.ENCODE, TUint8.class, SIZE, TFloat32.class, -1);

    assertRefused(temp.resolve("pk"), "z of its signature encode", "known width");
  }

  @Test
  void load_onlyEncode_isRefusedByName(@TempDir Path temp) throws IOException {
    export(temp.resolve("pk"), PriorExport.ENCODE, TUint8.class, SIZE, TFloat32.class, LATENT);

    assertRefused(temp.resolve("pk"), "no signature generate");
  }

  @Test
  void load_gpuWhereThereIsNone_saysWhatToDo() {
    assumeTrue(Device.AUTO.verified() == Device.CPU, "this machine has a GPU");

    assertThatThrownBy(() -> SavedModelPrior.load(folder, Device.GPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no GPU that TensorFlow can use")
        .hasMessageContaining("--device cpu");
  }

  @Test
  void encode_tooFewPixels_isRefused() {
    assertThatThrownBy(() -> prior.encode(new byte[FACE_BYTES - 1], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("27648")
        .hasMessageContaining("27647");
    assertThatThrownBy(() -> prior.encode(new byte[FACE_BYTES], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void generate_wrongLengths_areRefused() {
    float[] z = new float[LATENT];
    float[] affect = new float[2];

    assertThatThrownBy(() -> prior.generate(z, affect, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 faces, but 8 numbers of z and 2 of affect");
    assertThatThrownBy(() -> prior.generate(z, new float[3], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> prior.generate(z, affect, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> prior.generateAndEncode(new float[0], new float[0], 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> prior.generateAndEncode(new float[LATENT + 1], affect, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void encode_afterClose_isRefusedAndClosingTwiceIsNoError() {
    SavedModelPrior closed = SavedModelPrior.load(folder, Device.CPU);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.encode(new byte[FACE_BYTES], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(() -> closed.generate(new float[LATENT], new float[2], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void write_existingFolder_isRefusedAndLeftAlone(@TempDir Path temp) throws IOException {
    Files.writeString(temp.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> PriorExport.write(TinyPrior.CONFIG, WEIGHTS, "pk", temp))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exists already");
    try (var children = Files.list(temp)) {
      assertThat(children).containsExactly(temp.resolve("notes.txt"));
    }
  }

  @Test
  void write_weightsThatDoNotFit_writesNothing(@TempDir Path temp) {
    Path pk = temp.resolve("pk");
    Map<String, float[]> missing = new HashMap<>(WEIGHTS);
    missing.remove("encoder_latent_bias");
    Map<String, float[]> longer = new HashMap<>(WEIGHTS);
    longer.put("encoder_latent_bias", new float[LATENT + 1]);

    assertThatThrownBy(() -> PriorExport.write(TinyPrior.CONFIG, missing, "pk", pk))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder_latent_bias");
    assertThatThrownBy(() -> PriorExport.write(TinyPrior.CONFIG, longer, "pk", pk))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder_latent_bias")
        .hasMessageContaining("needs 8 weights, not 9");
    assertThat(pk).doesNotExist();
  }

  private static void assertRefused(Path folder, String... parts) {
    assertThatThrownBy(() -> SavedModelPrior.load(folder, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(parts);
  }

  /**
   * A SavedModel with one signature, images -> (z, arousal_valence), that computes nothing much.
   */
  private static <I extends TType, O extends TType> void export(
      Path folder, String signature, Class<I> imageType, int size, Class<O> zType, int latent)
      throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<I> images =
          tf.placeholder(imageType, Placeholder.shape(Shape.of(-1, size, size, 3)));
      Placeholder<O> z = tf.placeholder(zType, Placeholder.shape(Shape.of(-1, latent)));
      Operand<TFloat32> affect = tf.constant(new float[][] {{0, 0}});
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(
                Signature.builder(signature)
                    .input(PriorExport.IMAGES, images)
                    .output(PriorExport.Z, z)
                    .output(PriorExport.AFFECT, affect)
                    .build())
            .export();
      }
    }
  }

  /** The weights with those of the first of three output channels in all of them. */
  private static float[] scaled(String name, float factor) {
    float[] values = weights(name);
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private static float[] weights(String name) {
    return WEIGHTS.getOrDefault(name, new float[0]).clone();
  }

  private static byte[] faces(int count, long seed) {
    byte[] pixels = new byte[count * FACE_BYTES];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }

  private static float[] uniform(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  private static void assertWithinOne(float[] values) {
    for (float value : values) {
      assertThat(value).isBetween(-1f, 1f);
    }
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(largestDifference(actual, expected)).isLessThanOrEqualTo(tolerance);
  }

  private static float largestDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
