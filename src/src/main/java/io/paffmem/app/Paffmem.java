package io.paffmem.app;

import io.paffmem.access.AccessException;
import io.paffmem.app.evaluate.EvaluateCommand;
import io.paffmem.app.evaluate.SearchCommand;
import io.paffmem.app.imagine.ImagineCommand;
import io.paffmem.app.person.MemoryCommand;
import io.paffmem.app.run.DemoCommand;
import io.paffmem.app.run.ReplayCommand;
import io.paffmem.app.serve.DashboardCommand;
import io.paffmem.app.serve.DeadLettersCommand;
import io.paffmem.app.serve.GatewayCommand;
import io.paffmem.app.serve.ModelServerCommand;
import io.paffmem.app.serve.TopicsCommand;
import io.paffmem.app.serve.TopologyCommand;
import io.paffmem.app.swaps.SwapsCommand;
import io.paffmem.app.train.AblateCommand;
import io.paffmem.app.train.TrainCommand;
import io.paffmem.broker.EmbeddedBrokerException;
import io.paffmem.ingest.dataset.DatasetException;
import io.paffmem.ingest.gateway.GatewayException;
import io.paffmem.ingest.publish.FramePublishException;
import io.paffmem.ingest.video.VideoException;
import io.paffmem.prior.ModelException;
import io.paffmem.schemas.FlowTopicsException;
import io.paffmem.schemas.RegistryUnavailableException;
import io.paffmem.schemas.SchemaRefusedException;
import io.paffmem.start.StartException;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.training.config.TrainingException;
import io.paffmem.web.WebException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The entry point: {@code paffmem COMMAND}. */
@Command(
    name = "paffmem",
    description = {
      "Watches faces and says, for each person, how aroused and how pleased the expression looks,"
          + " learning that person as it goes.",
      ""
    },
    footer = {
      "",
      "Every option can also be set in the environment (--bootstrap-servers is"
          + " PAFFMEM_BOOTSTRAP_SERVERS) or in a properties file named by --config"
          + " (bootstrap-servers=...). The command line wins, then the environment."
    },
    subcommands = {
      DemoCommand.class,
      ReplayCommand.class,
      GatewayCommand.class,
      DashboardCommand.class,
      ModelServerCommand.class,
      TopologyCommand.class,
      TopicsCommand.class,
      DeadLettersCommand.class,
      MemoryCommand.class,
      TrainCommand.class,
      AblateCommand.class,
      EvaluateCommand.class,
      SwapsCommand.class,
      SearchCommand.class,
      ImagineCommand.class,
      NoBenchmarks.class
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "paffmem 0.1.0")
public final class Paffmem implements Runnable {
  /** Failures whose message says all that a user needs; anything else is a bug, with its trace. */
  private static final List<Class<? extends RuntimeException>> EXPLAINED =
      List.of(
          StartException.class,
          ModelException.class,
          TrainingException.class,
          VideoException.class,
          DatasetException.class,
          FramePublishException.class,
          AccessException.class,
          GatewayException.class,
          WebException.class,
          EmbeddedBrokerException.class,
          FlowTopicsException.class,
          SchemaRefusedException.class,
          StoredMemoryException.class,
          RegistryUnavailableException.class);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Properties file with any of these options.")
  void config(Path file) {
    // Settings has read it, before picocli asked for the values of the others.
  }

  /** As a shell has it for a program that Ctrl-C ended. */
  private static final int STOPPED = 130;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs one command in this process; returns the exit status. */
  public static int execute(String... args) {
    return execute(new CommandLine(new Paffmem()), args);
  }

  /** As the other, of a command line that has more commands than these. */
  public static int execute(CommandLine commandLine, String... args) {
    // Topics, metrics and files are the same for everybody: neither a Turkish i nor Arabic digits.
    Locale.setDefault(Locale.ROOT);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setExecutionExceptionHandler(
        (exception, failed, result) -> {
          // What an interrupted thread was doing fails in many ways; they all mean this.
          boolean interrupted = Thread.interrupted();
          if (interrupted
              || exception instanceof InterruptedException
              || exception instanceof InterruptException) {
            failed.getErr().println("paffmem: stopped");
            return STOPPED;
          }
          if (EXPLAINED.stream().anyMatch(type -> type.isInstance(exception))) {
            failed.getErr().println("paffmem: " + exception.getMessage());
          } else if (exception instanceof KafkaException) {
            Throwable root = StartException.rootOf(exception);
            failed.getErr().println("paffmem: Kafka's client cannot go on: " + root.getMessage());
          } else {
            throw exception;
          }
          return CommandLine.ExitCode.SOFTWARE;
        });
    commandLine.setParameterExceptionHandler(
        (exception, rest) -> {
          CommandLine failed = exception.getCommandLine();
          failed.getErr().println("paffmem: " + exception.getMessage());
          CommandLine.UnmatchedArgumentException.printSuggestions(exception, failed.getErr());
          failed.getErr().println("Try '" + failed.getCommandSpec().qualifiedName() + " --help'.");
          return CommandLine.ExitCode.USAGE;
        });
    try {
      LogSettings.check(System.getenv());
      Settings settings = Settings.load(commandLine, args, System.getenv());
      commandLine.setDefaultValueProvider(settings);
    } catch (StartException e) {
      commandLine.getErr().println("paffmem: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    return commandLine.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }
}
