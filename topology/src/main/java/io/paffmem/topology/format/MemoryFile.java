package io.paffmem.topology.format;

import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.PersonBias;
import io.paffmem.memory.Taught;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.memory.guard.PersonLook;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An exported memory. It does not say whose it is.
 *
 * <pre>
 *   PAFFMEM\n                 8 bytes
 *   format                    int, 2 without teachings, 3 with them
 *   texts                     int count, then each name and value: int length, UTF-8
 *   neurons, next neuron id   2 ints
 *   bias of the person        {@link PersonBias#BYTES} bytes
 *   each neuron               int id; float habituation, arousal, valence; int degree;
 *                             each edge: int id at the other end, int age; float weights
 *   each teaching, in format 3 alone:
 *                             int count before them; {@link TaughtRow#put}
 *   CRC32C of all before      int
 * </pre>
 *
 * All big endian. The texts are {@code model}, {@code seededFrames}, {@code seedingFrames}, {@code
 * framesPerceived}, {@code look} where the person is described (in hex; releases before this text
 * leave it alone), and each parameter of the memory as {@code memory.NAME}.
 *
 * @param modelVersion the PK whose z the memory holds
 * @param seededFrames frames whose imagined faces trained it; once seeding is over, the number of
 *     frames that are looked at for it
 * @param seedingFrames how many of them complete a seeding where it comes from
 * @param framesPerceived frames that it recognised and learnt from
 * @param parameters of the memory, by name
 * @param memory the neurons, two or more
 * @param look how the person looks; null where nothing is known of that
 */
public record MemoryFile(
    String modelVersion,
    int seededFrames,
    int seedingFrames,
    long framesPerceived,
    Map<String, String> parameters,
    MemoryState memory,
    @Nullable PersonLook look) {

  /** Largest file that can be imported: it travels as one record. */
  public static final int MOST_BYTES = 900_000;

  private static final byte[] MAGIC = "PAFFMEM\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 2;

  /** With teachings, which a release that reads format 2 alone would lose. */
  private static final int TAUGHT_FORMAT = 3;

  private static final String PARAMETER = "memory.";
  private static final String LOOK = "look";

  /** A memory of somebody of whom it is not known how they look. */
  public MemoryFile(
      String modelVersion,
      int seededFrames,
      int seedingFrames,
      long framesPerceived,
      Map<String, String> parameters,
      MemoryState memory) {
    this(modelVersion, seededFrames, seedingFrames, framesPerceived, parameters, memory, null);
  }

  /** The file's bytes. */
  public byte[] toBytes() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("model", modelVersion);
    texts.put("seededFrames", Integer.toString(seededFrames));
    texts.put("seedingFrames", Integer.toString(seedingFrames));
    texts.put("framesPerceived", Long.toString(framesPerceived));
    PersonLook known = look;
    if (known != null && !known.isEmpty()) {
      byte[] written = known.writeTo(ByteBuffer.allocate(known.bytes())).array();
      texts.put(LOOK, HexFormat.of().formatHex(written));
    }
    parameters.forEach((name, value) -> texts.put(PARAMETER + name, value));
    int bytes = MAGIC.length + 4 * Integer.BYTES + TextMap.bytes(texts) + PersonBias.BYTES;
    for (int slot = 0; slot < memory.size(); slot++) {
      bytes += Integer.BYTES + NeuronRow.bytes(memory, slot);
    }
    Taught taught = memory.taught();
    bytes += Integer.BYTES;
    for (TaughtMoment moment : taught.moments()) {
      bytes += TaughtRow.bytes(moment);
    }
    ByteBuffer file = ByteBuffer.allocate(bytes).put(MAGIC);
    file.putInt(taught.size() == 0 ? FORMAT : TAUGHT_FORMAT);
    TextMap.put(file, texts);
    file.putInt(memory.size()).putInt(memory.nextNeuronId());
    memory.bias().writeTo(file);
    for (int slot = 0; slot < memory.size(); slot++) {
      file.putInt(memory.neuronId(slot));
      NeuronRow.put(file, memory, slot);
    }
    if (taught.size() > 0) {
      file.putInt(taught.size());
      taught.moments().forEach(moment -> TaughtRow.put(file, moment));
    }
    file.putInt(RowFormat.checksum(file.duplicate().flip()));
    byte[] array = new byte[file.position()];
    file.flip().get(array);
    return array;
  }

  /**
   * Reads a file.
   *
   * @throws StoredMemoryException if it is none, a newer one, or damaged
   */
  public static MemoryFile read(byte[] bytes) {
    int head = MAGIC.length + Integer.BYTES;
    if (bytes.length < head || !Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)) {
      throw new StoredMemoryException(
          "it is no exported memory; export one with: paffmem memory export PERSON FILE");
    }
    int format = ByteBuffer.wrap(bytes).getInt(MAGIC.length);
    if (format != FORMAT && format != TAUGHT_FORMAT) {
      throw new StoredMemoryException(
          "it is an exported memory of format %d, this release reads formats %d and %d; use the release that wrote it, or a newer one"
              .formatted(format, FORMAT, TAUGHT_FORMAT));
    }
    int length = bytes.length - Integer.BYTES;
    if (length < head
        || ByteBuffer.wrap(bytes).getInt(length)
            != RowFormat.checksum(ByteBuffer.wrap(bytes, 0, length))) {
      throw new StoredMemoryException(
          "it is damaged or cut off: its checksum does not hold; export the memory again");
    }
    try {
      return body(ByteBuffer.wrap(bytes, head, length - head), format == TAUGHT_FORMAT);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new StoredMemoryException("its neurons cannot be read; export the memory again", e);
    }
  }

  private static MemoryFile body(ByteBuffer file, boolean isTaught) {
    Map<String, String> texts = TextMap.get(file);
    Map<String, String> parameters = new LinkedHashMap<>();
    texts.forEach(
        (name, value) -> {
          if (name.startsWith(PARAMETER)) {
            parameters.put(name.substring(PARAMETER.length()), value);
          }
        });
    int dimensions = Integer.parseInt(parameters.getOrDefault("dimensions", ""));
    int neurons = file.getInt();
    int nextNeuronId = file.getInt();
    PersonBias bias = PersonBias.readFrom(file);
    // Before room is made for them: numbers of a neuron without edges, its id among them.
    if (neurons < 2 || dimensions < 1 || dimensions > file.remaining() / 4 / neurons - 5) {
      throw new IllegalArgumentException(neurons + " neurons of " + dimensions + " dimensions");
    }
    MemoryLoader loader = new MemoryLoader(dimensions).bias(bias);
    for (int i = 0; i < neurons; i++) {
      NeuronRow.get(file.getInt(), file, dimensions, loader);
    }
    int teachings = isTaught ? file.getInt() : 0;
    if (teachings < 0 || teachings > Taught.MOST) {
      throw new IllegalArgumentException(teachings + " teachings");
    }
    for (int i = 0; i < teachings; i++) {
      loader.taught(TaughtRow.get(file));
    }
    MemoryState memory =
        loader
            .load(nextNeuronId)
            .filter(state -> !file.hasRemaining())
            .orElseThrow(() -> new IllegalArgumentException("neurons that do not fit together"));
    return new MemoryFile(
        texts.getOrDefault("model", ""),
        Integer.parseInt(texts.getOrDefault("seededFrames", "")),
        Integer.parseInt(texts.getOrDefault("seedingFrames", "")),
        Long.parseLong(texts.getOrDefault("framesPerceived", "")),
        parameters,
        memory,
        look(texts.get(LOOK)));
  }

  private static @Nullable PersonLook look(@Nullable String text) {
    if (text == null) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(text));
    PersonLook look = PersonLook.readFrom(bytes);
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException("a look with %d bytes more".formatted(bytes.remaining()));
    }
    return look;
  }
}
