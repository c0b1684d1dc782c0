package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.access.AccessTokens;
import io.paffmem.access.DeploymentSecret;
import io.paffmem.access.Pseudonyms;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.query.InstanceProof;
import io.paffmem.query.MemoryAnswer;
import io.paffmem.query.MemoryRoutes;
import io.paffmem.query.PersonMemory;
import io.paffmem.query.RemoteMemories;
import io.paffmem.topology.task.QueryAnswer;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the partitions; each answers for everybody, by the other where need be. */
@Tag("broker")
final class QueriesTest {
  private static final String TOKEN = "token-0123456789abcdef";
  private static final AccessTokens TOKENS = AccessTokens.single(TOKEN);

  @TempDir Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void memory_askedOfEitherInstance_isTheSame_alsoWhenOneIsGone() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), Load.PARTITIONS);
        Instance one = new Instance(cluster, "one");
        Load load = new Load(cluster)) {
      Map<String, PersonMemory> memories = new TreeMap<>();
      try (Instance two = new Instance(cluster, "two")) {
        load.goOnUntil(
            () -> "each has two tasks",
            () -> one.stream.activeTasks() == 2 && two.stream.activeTasks() == 2);
        load.finish();

        int sentOn = 0;
        for (int person = 0; person < Load.PEOPLE; person++) {
          String name = Load.name(person);
          PersonMemory memory = one.awaitMemory(name);
          assertThat(two.awaitMemory(name)).usingRecursiveComparison().isEqualTo(memory);
          assertThat(memory.framesPerceived()).isPositive();
          assertThat(memory.neurons()).isNotEmpty();
          memories.put(name, memory);
          if (one.stream.memory(name) instanceof QueryAnswer.Elsewhere elsewhere) {
            assertThat(elsewhere.port()).isEqualTo(two.server.port());
            sentOn++;
          }
        }
        assertThat(sentOn).isBetween(1, Load.PEOPLE - 1);
        assertThat(one.memories.memory("nobody", "Bearer " + TOKEN))
            .isEqualTo(MemoryAnswer.unknown());
        assertThat(two.memories.memory("nobody", "Bearer " + TOKEN))
            .isEqualTo(MemoryAnswer.unknown());
        assertThat(one.memories.memory("person-0", null)).isEqualTo(MemoryAnswer.refused());
      }

      for (Map.Entry<String, PersonMemory> before : memories.entrySet()) {
        assertThat(one.awaitMemory(before.getKey()))
            .usingRecursiveComparison()
            .isEqualTo(before.getValue());
        assertThat(one.stream.memory(before.getKey())).isInstanceOf(QueryAnswer.Found.class);
      }
    }
  }

  /** As {@code ./paffmem topology} with a port for memories. */
  private final class Instance implements AutoCloseable {
    final WebServer server;
    final AffectiveStream stream;
    final RemoteMemories memories;

    Instance(Cluster cluster, String name) {
      InstanceProof proof =
          new InstanceProof(
              DeploymentSecret.readOrMake(folder.resolve("secret")), Clock.systemUTC());
      CompletableFuture<AffectiveStream> answering = new CompletableFuture<>();
      MemoryRoutes routes =
          new MemoryRoutes(
              TOKENS, person -> answering.join().memory(person), false, proof, Pseudonyms.none());
      server = WebServer.start(name, WebConfig.local(0), javalin -> routes.addTo(javalin.routes));
      stream =
          new AffectiveStream(
              Load.CONFIG,
              cluster.stream(folder.resolve(name)).toBuilder()
                  .advertised("127.0.0.1:" + server.port())
                  .build(),
              cluster.serdes());
      answering.complete(stream);
      stream.start();
      memories = RemoteMemories.at("http://127.0.0.1:" + server.port());
    }

    /** Unavailable is an answer for a while: partitions move, stores are restored. */
    PersonMemory awaitMemory(String person) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
      while (true) {
        MemoryAnswer<PersonMemory> answer = memories.memory(person, "Bearer " + TOKEN);
        if (answer instanceof MemoryAnswer.Found<PersonMemory> found) {
          return found.value();
        }
        assertThat(((MemoryAnswer.Missing<PersonMemory>) answer).reason())
            .isIn(MemoryAnswer.Reason.RESTORING, MemoryAnswer.Reason.TOPOLOGY_UNAVAILABLE);
        assertThat(System.nanoTime()).as("the memory comes").isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }

    @Override
    public void close() {
      stream.close();
      server.close();
    }
  }
}
