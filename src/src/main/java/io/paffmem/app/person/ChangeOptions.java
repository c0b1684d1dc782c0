package io.paffmem.app.person;

import io.paffmem.access.Pseudonyms;
import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.PersonCommands;
import io.paffmem.pipeline.StateFolder;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonName;
import io.paffmem.start.StartException;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.store.MemoryReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes one person's memory. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ChangeOptions {
  @Parameters(
      index = "0",
      paramLabel = "PERSON",
      description = "The person's name, as the frames have it.")
  private String person;

  @Option(
      names = "--exact",
      description =
          "Take the name as it is typed, with spaces at its ends and characters that are not seen:"
              + " earlier releases kept such names.")
  private boolean exact;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long the receipt is waited for; default ${DEFAULT-VALUE}.")
  private int timeoutSeconds = 30;

  @Mixin private ClusterOptions options;
  @Mixin private SecretOptions secret;

  /**
   * The name in the form in which it is kept.
   *
   * @throws StartException if it is none
   */
  String person() {
    return exact ? person : checked(person);
  }

  /**
   * A name in the form in which it is kept.
   *
   * @throws StartException if it is none
   */
  static String checked(String typed) {
    String name = PersonName.canonical(typed);
    Optional<String> problem = PersonName.problem(name);
    if (problem.isPresent()) {
      throw new StartException("PERSON " + problem.get());
    }
    return name;
  }

  /** As they are called on the topics. */
  String inside() {
    return secret.pseudonyms(options.data()).of(person());
  }

  /** Whether the broker is that of a folder, and ends with the command. */
  boolean isFolder() {
    return options.isEmbedded();
  }

  /**
   * Sends commands to the topology of the cluster. With a folder there is none, so one runs in this
   * process as long as it takes, as the run that left the folder had it.
   */
  void send(BiConsumer<PersonCommands, Cluster> commands) {
    Pseudonyms pseudonyms = secret.pseudonyms(options.data());
    String inside = pseudonyms.of(person());
    if (timeoutSeconds < 1) {
      throw new StartException("--timeout is " + timeoutSeconds + ", must be at least 1");
    }
    Path data = options.data();
    try (Cluster cluster = options.openStored(true)) {
      if (!isFolder() || data == null) {
        sendTo(cluster, commands);
        return;
      }
      try (AffectiveStream stream =
          new AffectiveStream(
              settings(cluster, inside, PersonHasher.by(pseudonyms.hashKey())),
              cluster.stream(data.resolve("state")),
              cluster.serdes())) {
        StateFolder.close(data.resolve("state"));
        stream.start();
        sendTo(cluster, commands);
      }
    }
  }

  /** As the run before had it, so that what it left half-way through goes on in the same way. */
  private static TopologyConfig settings(Cluster cluster, String inside, PersonHasher hasher) {
    int partitions = cluster.checkTopics();
    try (var consumer = cluster.observer()) {
      return MemoryReader.settings(consumer, inside)
          .map(stored -> stored.topology(partitions, hasher))
          .orElseGet(
              () ->
                  TopologyConfig.standard(SavedModelPrior.bundledVersion(), partitions).toBuilder()
                      .hasher(hasher)
                      .build());
    }
  }

  private void sendTo(Cluster cluster, BiConsumer<PersonCommands, Cluster> commands) {
    cluster.checkTopics();
    try (PersonCommands sender = new PersonCommands(cluster, Duration.ofSeconds(timeoutSeconds))) {
      commands.accept(sender, cluster);
    }
  }
}
