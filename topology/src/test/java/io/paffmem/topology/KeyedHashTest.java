package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.BLOCK;
import static io.paffmem.schemas.avro.CommandKind.FORGET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.BlockKey;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.task.QueryAnswer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store keeps of people, read by somebody who knows names and has not the secret. */
class KeyedHashTest {
  private static final PersonHasher KEYED = PersonHasher.keyed(new byte[32]);
  private static final PersonHasher OTHER = PersonHasher.keyed(new byte[] {1});
  private static final long LATER = StreamHarness.START.toEpochMilli() + 60_000;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void store_names_areFoundByAGuessedHashOnlyWithoutAKey(boolean isKeyed) {
    PersonHasher hasher = isKeyed ? KEYED : PersonHasher.plain();
    try (StreamHarness stream = new StreamHarness(config(hasher))) {
      List<TestRecord<byte[], byte[]>> written = leaveTraces(stream);

      Map<String, Boolean> found = new TreeMap<>();
      for (String name : List.of("ann", "bob", "s", "form-1")) {
        found.put(name, holds(written, PersonHasher.plain().of(name).toBytes()));
      }

      boolean isGuessed = !isKeyed;
      assertThat(found)
          .containsOnly(
              Map.entry("ann", isGuessed),
              Map.entry("bob", isGuessed),
              Map.entry("s", isGuessed),
              Map.entry("form-1", isGuessed));
      for (String name : found.keySet()) {
        assertThat(holds(written, hasher.of(name).toBytes())).as(name).isTrue();
      }
    }
  }

  @Test
  void block_withAKey_isToldByItsHashAndNamesTheKey() {
    try (StreamHarness keyed = new StreamHarness(config(KEYED));
        StreamHarness plain = new StreamHarness(config(PersonHasher.plain()))) {
      keyed.block("c1", "ann", BLOCK, "form-1");
      plain.block("c1", "ann", BLOCK, "form-1");

      TestRecord<byte[], byte[]> told = keyed.read(Topics.PERSON_BLOCKS).get(0);
      assertThat(BlockKey.of(told.key())).isEqualTo(BlockKey.of(KEYED, "ann", "form-1"));
      assertThat(new String(told.headers().lastHeader(BlockKey.HASH_KEY).value(), UTF_8))
          .isEqualTo(KEYED.fingerprint());
      assertThat(plain.read(Topics.PERSON_BLOCKS).get(0).headers()).isEmpty();

      keyed.frame("ann", "s", 0, "form-1", LATER);
      assertThat(keyed.requests()).isEmpty();
      keyed.frame("ann", "s", 1, "form-2", LATER);
      assertThat(keyed.requests()).hasSize(1);
    }
  }

  @Test
  void restart_theSameKey_findsMemoriesAndFramesThatWait() {
    try (StreamHarness stream = new StreamHarness(config(KEYED))) {
      stream.seeded("ann", "s");
      stream.frame("bob", "s", 0);
      String digest = stream.digest("ann");
      stream.emotions();

      stream.restart();
      stream.frame("bob", "s", 0);
      stream.answer("bob", "s", 0, 0);

      assertThat(stream.digest("ann")).isEqualTo(digest);
      assertThat(stream.queries.ask("ann").orElseThrow()).isInstanceOf(QueryAnswer.Found.class);
      assertThat(stream.emotions())
          .as("the duplicate is known, and the answer is of the frame that waits")
          .hasSize(1);
    }
  }

  @Test
  void restart_anotherKeyOrNone_stopsBeforeAnybodyIsSomebodyNew() {
    refused(KEYED, OTHER, "by a secret (", "by a secret (" + OTHER.fingerprint());
    refused(KEYED, PersonHasher.plain(), "by a secret (" + KEYED.fingerprint(), "without a secret");
    refused(PersonHasher.plain(), KEYED, "without a secret", "by a secret (");
  }

  private static void refused(PersonHasher kept, PersonHasher asked, String then, String now) {
    try (StreamHarness stream = new StreamHarness(config(kept))) {
      stream.seeded("ann", "s");
      stream.restart(config(asked));
      stream.changelogWrites();

      assertThatThrownBy(() -> stream.frame("ann", "s", 3))
          .hasStackTraceContaining("people are kept here " + then)
          .hasStackTraceContaining("would not be found " + now)
          .hasStackTraceContaining("go on as before");
      assertThat(stream.changelogWrites()).isZero();
    }
  }

  /** A memory, a frame that waits, a block, and what stays of a person who was forgotten. */
  private static List<TestRecord<byte[], byte[]>> leaveTraces(StreamHarness stream) {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3, "form-1", LATER);
    stream.block("c1", "ann", BLOCK, "form-1");
    stream.frame("bob", "s", 0);
    stream.command("c2", "bob", FORGET, LATER);
    stream.frame("ann", "s", 4);
    List<TestRecord<byte[], byte[]>> written = new ArrayList<>(stream.read(Names.CHANGELOG));
    written.addAll(stream.read(Topics.PERSON_BLOCKS));
    return written;
  }

  private static boolean holds(List<TestRecord<byte[], byte[]>> written, byte[] wanted) {
    String hex = HexFormat.of().formatHex(wanted);
    return written.stream()
        .anyMatch(record -> hex(record.key()).contains(hex) || hex(record.value()).contains(hex));
  }

  private static String hex(byte @Nullable [] bytes) {
    return bytes == null ? "" : HexFormat.of().formatHex(bytes);
  }

  private static TopologyConfig config(PersonHasher hasher) {
    return StreamHarness.config().toBuilder().hasher(hasher).build();
  }
}
