package io.paffmem.app.person;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Ran;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.PersonCommands;
import io.paffmem.cluster.Retention;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.config.TopologyConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a topology on a real broker, then against the folder that it left. */
@Tag("broker")
@Timeout(900)
final class MemoryCommandTest {
  /** A time that can be right, or the memory would go by that of ingest, another in each run. */
  private static final long FILMED_MILLIS = 1_700_000_000_000L;

  private static final int SEEDING_FRAMES = 2;
  private static final int PAIRS = 20;

  @TempDir private Path folder;

  @Test
  void memory_runningClusterThenItsFolder_readExportedImportedAndForgotten() throws Exception {
    Path data = folder.resolve("data");
    Path file = folder.resolve("ann.memory");
    String annsDigest;
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.in(data), 2);
        AffectiveStream stream =
            new AffectiveStream(
                TopologyConfig.standard(SavedModelPrior.bundledVersion(), 2).toBuilder()
                    .seedingFrames(SEEDING_FRAMES)
                    .seeding(SeedingPolicy.everyFrame())
                    .build(),
                cluster.stream(data.resolve("state")),
                cluster.serdes());
        PersonCommands commands = new PersonCommands(cluster, Duration.ofSeconds(60))) {
      stream.start();
      seed(cluster, "ann");
      seed(cluster, "bob");
      String[] at = {
        "--bootstrap-servers",
        cluster.bootstrapServers(),
        "--kafka-settings",
        cluster.clientSettings().orElseThrow().toString()
      };
      String first = awaitDigest(at, "ann");
      PersonReceipt reset = commands.send("ann", CommandKind.RESET, 0);
      assertThat(reset.getGeneration()).isEqualTo(1);
      assertThat(reset.getNeuronsRemoved()).isPositive();
      seed(cluster, "ann", 10, 1);
      assertThat(commands.send("nobody", CommandKind.RESET, 0).getNeuronsRemoved()).isZero();
      annsDigest = awaitDigest(at, "ann");
      assertThat(annsDigest).as("the same faces make the same memory").isEqualTo(first);
      awaitDigest(at, "bob");

      Ran list = memory(at, "list");
      assertThat(list.out()).contains(hash("ann"), hash("bob"), hash("nobody"), "3 persons");
      Ran show = memory(at, "show", "ann", "--neurons");
      assertThat(show.out()).contains(annsDigest, "seeded frames", "habituation");
      Ran export = memory(at, "export", "ann", file.toString());
      assertThat(export.out()).contains("Exported 'ann'", SavedModelPrior.bundledVersion());
      memory(at, 1, "export", "ann", file.toString()).assertRefused("is there already");
      memory(at, 1, "export", "nobody", file + "2").assertRefused("nothing to export");
      memory(at, 1, "show", "anna").assertRefused("nothing is stored of 'anna'");
      assertThat(commands.importMemory("cid", Files.readAllBytes(file)).getProblem()).isNull();
      assertThat(memory(at, "show", "cid").out()).contains(annsDigest);
    }

    String[] at = {"--data", data.toString()};
    Ran forget = memory(at, "forget", "ann");
    assertThat(forget.out()).contains("Forgot 'ann': ", "embeddings", "dead-letters", "gone by");
    assertThat(forget.out()).contains("removes only while it runs");
    memory(at, 1, "forget", "bobby").assertRefused("nothing was stored of 'bobby'", "memory list");
    memory(at, 1, "forget", "a\u200bnn").assertRefused("PERSON has a character that is not seen");
    assertThat(
            memory(
                    at,
                    "teach",
                    "bob",
                    "--id=t1",
                    "--arousal=0.6",
                    "--valence=0.8",
                    "--stream=s",
                    "--sequence=1")
                .out())
        .contains("Taught 'bob': t1; 1 teachings");
    assertThat(memory(at, "show", "bob", "--taught").out()).containsPattern("t1 +0.600 +0.800");
    memory(at, 1, "teach", "bob", "--id=t1", "--neutral", "--last=1")
        .assertRefused("nothing is taught of 'bob'", "duplicate");
    memory(at, 1, "teach", "bob", "--neutral", "--stream", "s", "--sequence", "9")
        .assertRefused("unknown_moment", "answered no face there");
    assertThat(memory(at, "teach", "bob", "--undo", "t1").out())
        .contains("Took back of 'bob': t1; 0 teachings");
    Ran digest = memory(at, "digest");
    assertThat(digest.out())
        .doesNotContain(hash("ann"))
        .contains(hash("cid") + "  " + annsDigest, "2 memories");
    assertThat(memory(at, "block", "ann", "--consent", "form-1").out())
        .isEqualToIgnoringNewLines("Blocked 'ann' under the consent 'form-1'");
    assertThat(memory(at, "unblock", "ann").out()).isEqualToIgnoringNewLines("Unblocked 'ann'");
    assertThat(Files.getPosixFilePermissions(file))
        .as("an export")
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Ran back = memory(at, "import", "ann", file.toString());
    assertThat(back.out()).contains("Imported ", "for 'ann'", "in the place of 0");
    memory(
        at,
        "teach",
        "bob",
        "--id=t2",
        "--arousal=0.6",
        "--valence=0.8",
        "--stream=s",
        "--sequence=1");
    assertThat(memory(at, "reset", "bob", "--keep-teachings").out())
        .contains("Reset 'bob': ", "generation 1");
    assertThat(memory(at, "show", "bob", "--taught").out()).containsPattern("t2 +0.600 +0.800");
    memory(at, "reset", "bob");
    assertThat(memory(at, "show", "bob", "--taught").out()).doesNotContain("t2");
  }

  @Test
  void memory_nowhereToLook_orNothingToImport_refused() throws Exception {
    memory(new String[0], 1, "list").assertRefused("--bootstrap-servers", "--data");
    Path letter = Files.writeString(folder.resolve("letter"), "Dear all,");
    memory(new String[0], 1, "import", "ann", letter.toString())
        .assertRefused("letter cannot be imported: it is no exported memory");
    memory(new String[0], 1, "import", "ann", folder.resolve("gone").toString())
        .assertRefused("gone is not there");
  }

  @Test
  void teach_saysNothingOrNoMoment_refused() {
    memory(new String[0], 1, "teach", "ann")
        .assertRefused("either --neutral, or --arousal and --valence", "say when");
    memory(new String[0], 1, "teach", "ann", "--arousal", "0.5", "--last", "3")
        .assertRefused("--arousal and --valence must both be given, from -1 to 1");
    memory(new String[0], 1, "teach", "ann", "--arousal=1.5", "--valence=0", "--last", "3")
        .assertRefused("from -1 to 1");
    memory(new String[0], 1, "teach", "ann", "--neutral", "--sequence", "3")
        .assertRefused("--sequence needs its --stream");
    memory(new String[0], 1, "teach", "ann", "--neutral", "--from", "3")
        .assertRefused("--from and --to must both be given");
    memory(new String[0], 1, "teach", "ann", "--undo", "x", "--neutral")
        .assertRefused("leave out the other options");
  }

  @Test
  void forget_cutoffInTheFuture_refused() {
    memory(new String[0], 1, "forget", "ann", "--cutoff", "2999-01-31T12:00:00Z")
        .assertRefused("--cutoff 2999-01-31T12:00:00Z is in the future");
  }

  @Test
  void expiries_sayWhenEachTopicHasForgotten() {
    List<List<String>> rows =
        MemoryForget.expiries(
            List.of(
                new Retention("frames", Duration.ofHours(13), false),
                new Retention("emotions", null, false),
                new Retention("changelog", Duration.ofHours(2), true)),
            Instant.parse("2026-01-31T12:00:30Z"));

    assertThat(rows)
        .containsExactly(
            List.of("topic", "gone by"),
            List.of("frames", "2026-02-01T01:00:00Z"),
            List.of("emotions", "never, as the topic is set"),
            List.of("changelog", "2026-01-31T14:00:00Z, if a topology runs"));
  }

  private static Ran memory(String[] at, String... command) {
    return memory(at, 0, command);
  }

  private static Ran memory(String[] at, int status, String... command) {
    String[] args = new String[1 + command.length + at.length];
    args[0] = "memory";
    System.arraycopy(command, 0, args, 1, command.length);
    System.arraycopy(at, 0, args, 1 + command.length, at.length);
    Ran ran = Ran.paffmem(args);
    assertThat(ran.status()).as(ran.err()).isEqualTo(status);
    return ran;
  }

  /** The digest that the running topology has committed, once the person's frames are answered. */
  private static String awaitDigest(String[] at, String person) {
    Pattern seeded = Pattern.compile("(?s).*seeded frames +" + SEEDING_FRAMES + "\n.*");
    Pattern digest = Pattern.compile("(?s).*digest +([0-9a-f]{64})\n.*");
    List<String> asked = new ArrayList<>(List.of("memory", "show", person));
    asked.addAll(List.of(at));
    Ran show = Ran.paffmem(asked.toArray(String[]::new));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!seeded.matcher(show.out()).matches() && System.nanoTime() < deadline) {
      show = Ran.paffmem(asked.toArray(String[]::new));
    }
    Matcher found = digest.matcher(show.out());
    assertThat(seeded.matcher(show.out()).matches() && found.matches()).as("%s", show).isTrue();
    return found.group(1);
  }

  private static String hash(String person) {
    return HexFormat.of().formatHex(PersonHasher.plain().of(person).toBytes());
  }

  private static void seed(Cluster cluster, String person) {
    seed(cluster, person, 0, 0);
  }

  /** Frames with the seeds that they will ask for, which may come first. */
  private static void seed(Cluster cluster, String person, int first, int generation) {
    SplittableRandom random = new SplittableRandom(person.hashCode());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long sequence = first; sequence < first + SEEDING_FRAMES; sequence++) {
        FrameIdentity identity = new FrameIdentity(person, "s", sequence);
        String model = SavedModelPrior.bundledVersion();
        send(
            cluster,
            producer,
            Topics.SEEDS,
            person,
            new Seeds(
                identity,
                model,
                generation,
                new SeedPairs(
                    numbers(random, 50 * PAIRS),
                    numbers(random, 2 * PAIRS),
                    numbers(random, 2 * PAIRS))));
        send(
            cluster,
            producer,
            Topics.EMBEDDINGS,
            person,
            new Embedding(
                identity,
                FILMED_MILLIS + 1_000_000L * generation + 40 * (sequence - first),
                numbers(random, 50),
                new Affect(0f, 0f),
                model,
                null,
                null,
                null,
                null));
      }
    }
  }

  private static ByteBuffer numbers(SplittableRandom random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 2 * (float) random.nextDouble() - 1;
    }
    return FloatVectors.pack(numbers);
  }

  @SuppressWarnings("unchecked")
  private static <T extends SpecificRecord> void send(
      Cluster cluster, Producer<byte[], byte[]> producer, String topic, String person, T value) {
    byte[] bytes =
        requireNonNull(cluster.serdes().of((Class<T>) value.getClass()).encode(topic, value));
    var unused =
        producer.send(new ProducerRecord<>(topic, person.getBytes(StandardCharsets.UTF_8), bytes));
  }
}
