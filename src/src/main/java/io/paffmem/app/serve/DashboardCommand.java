package io.paffmem.app.serve;

import io.paffmem.access.AccessTokens;
import io.paffmem.access.Pseudonyms;
import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.options.OperationsOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.options.StartOptions;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.Dashboard;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.memory.Imagination;
import io.paffmem.dashboard.memory.NoMemories;
import io.paffmem.dashboard.memory.PersonMemories;
import io.paffmem.dashboard.memory.QueriedMemories;
import io.paffmem.operations.Operations;
import io.paffmem.query.RemoteMemories;
import io.paffmem.schemas.Topics;
import io.paffmem.start.StartException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The dashboard alone. */
@Command(
    name = "dashboard",
    description = {
      "Shows live what comes out, to people by a page and to programs by HTTP: docs/dashboard.md."
    })
@SuppressWarnings("NullAway.Init") // mixins are set by picocli
public final class DashboardCommand implements Callable<Integer> {
  static final int PORT = 8090;

  @Option(names = "--port", paramLabel = "PORT", description = "Default ${DEFAULT-VALUE}.")
  private int port = PORT;

  @Option(
      names = "--topology",
      paramLabel = "URL",
      description =
          "http://HOST:PORT or https://..., the --memories-port of any instance of the topology,"
              + " which is asked for memories. Without it, the page shows none.")
  private @Nullable String topology;

  @Spec private CommandSpec spec;
  @Mixin private WebOptions address;
  @Mixin private AccessOptions access;
  @Mixin private SecretOptions secret;
  @Mixin private ModelOptions model;
  @Mixin private ClusterOptions cluster;
  @Mixin private OperationsOptions operations;
  @Mixin private StartOptions start;

  @Override
  public Integer call() {
    AccessTokens tokens = access.tokens(spec);
    Pseudonyms pseudonyms = secret.pseudonyms();
    DashboardConfig config = DashboardConfig.standard(address.web(port)).with(pseudonyms);
    PersonMemories memories = memories();
    try (Shutdown shutdown = Shutdown.within(Shutdown.STAGE_LIMIT);
        Operations open = operations.open();
        Cluster remote = cluster.nameRemote()) {
      open.serve();
      start.await(remote, open, Topics.EMOTIONS, Topics.PERSON_RECEIPTS);
      try (Dashboard dashboard =
          Dashboard.start(config, tokens, remote, memories, Clock.systemUTC(), open.meters())) {
        open.check(dashboard::problem);
        open.started();
        SecretOptions.tellOfStage(pseudonyms);
        System.out.printf(
            "Dashboard on %s%n  for programs: %s/docs%n", dashboard.address(), dashboard.address());
        Optional<Throwable> failure = shutdown.await(dashboard.whenFailed());
        open.stopping();
        dashboard.stop();
        System.out.println("Dashboard stopped: " + dashboard.counts());
        if (failure.isPresent()) {
          throw StartException.ofStage(failure.get());
        }
      }
    }
    return 0;
  }

  private PersonMemories memories() {
    String instance = topology;
    if (instance == null) {
      return new NoMemories();
    }
    try {
      return new QueriedMemories(RemoteMemories.at(instance), Imagination.lazily(model::load));
    } catch (IllegalArgumentException e) {
      throw new StartException("--topology: " + e.getMessage(), e);
    }
  }
}
