package io.paffmem.app.serve;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.TopicsDocument;
import io.paffmem.start.StartException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The topics of a cluster. */
@Command(
    name = "topics",
    description = "The topics of a cluster.",
    subcommands = {TopicsCommand.Create.class, TopicsCommand.Asyncapi.class})
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class TopicsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: topics create | topics asyncapi");
  }

  /** Creates them. */
  @Command(
      name = "create",
      description = {
        "Creates the topics that are missing, checks that they fit together, and registers their",
        "schemas, from then on compatible BACKWARD. If a registry has lost the schemas of records",
        "or gave other ids, that is an error."
      })
  @SuppressWarnings("NullAway.Init") // fields are set by picocli
  static final class Create implements Callable<Integer> {
    @Option(
        names = "--replication-factor",
        paramLabel = "N",
        description = "Copies of each partition; default ${DEFAULT-VALUE}.")
    private short replicationFactor = 1;

    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
      try (Cluster remote = cluster.openRemote()) {
        List<String> created = remote.createTopics(cluster.partitions(), replicationFactor);
        int partitions = remote.checkTopics();
        // An empty registry gives the ids of the first time again, if no others were made since.
        if (!remote.serdes().subjects().isEmpty()) {
          throwIfLost(remote, "nothing was registered");
        }
        List<String> subjects = remote.serdes().register();
        throwIfLost(remote, "what was registered now has other ids");
        System.out.println(
            (created.isEmpty() ? "All topics were there" : "Created " + String.join(", ", created))
                + "; "
                + partitions
                + " partitions each; registered "
                + String.join(", ", subjects));
      }
      return 0;
    }

    private static void throwIfLost(Cluster remote, String done) {
      Optional<String> lost = remote.lostSchemas();
      if (lost.isPresent()) {
        throw new StartException(
            "%s (%s; if nobody needs the records, delete the topics)".formatted(lost.get(), done));
      }
    }
  }

  /** Describes them. */
  @Command(
      name = "asyncapi",
      description = {
        "Prints all topics as an AsyncAPI document (JSON): keys, headers, schemas, and how long each",
        "is kept. docs/asyncapi.json is this."
      })
  @SuppressWarnings("NullAway.Init") // fields are set by picocli
  static final class Asyncapi implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      String version = spec.root().version()[0];
      System.out.print(TopicsDocument.of(version.substring(version.indexOf(' ') + 1)));
      return 0;
    }
  }
}
