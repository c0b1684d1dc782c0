package io.paffmem.app.serve;

import io.paffmem.access.AccessTokens;
import io.paffmem.app.options.FaceOptions;
import io.paffmem.app.options.OneProcessOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.options.StartOptions;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.Dashboard;
import io.paffmem.ingest.gateway.Gateway;
import io.paffmem.ingest.gateway.GatewayConfig;
import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.gateway.frames.Demands;
import io.paffmem.ingest.gateway.frames.Limits;
import io.paffmem.operations.Operations;
import io.paffmem.pipeline.OneProcess;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import io.paffmem.teaching.TeachingRoutes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The gateway, alone or with everything behind it. */
@Command(
    name = "gateway",
    description = {
      "Takes the frames of feeds that know nothing of Kafka, over WebSocket and HTTP, finds the"
          + " face in each and publishes it. Shows a page that makes a browser's camera a feed.",
      "Without --bootstrap-servers the broker and all stages run in this process."
    })
@SuppressWarnings("NullAway.Init") // mixins are set by picocli
public final class GatewayCommand implements Callable<Integer> {
  /** How long what becomes of a teaching is waited for. */
  private static final Duration RECEIPT = Duration.ofSeconds(10);

  @Option(names = "--port", paramLabel = "PORT", description = "Default ${DEFAULT-VALUE}.")
  private int port = 8080;

  @Option(
      names = "--require-consent",
      description = "Refuse frames without a reference to the person's consent.")
  private boolean requireConsent;

  @Option(
      names = "--require-subjects",
      description = "Refuse streams that do not say whom they are about.")
  private boolean requireSubjects;

  @Option(
      names = "--consent-pattern",
      paramLabel = "REGEX",
      description =
          "What a reference to a consent looks like, all of it. Default: anything with a letter or a"
              + " digit.")
  private @Nullable Pattern consentPattern;

  @Option(
      names = "--max-rate",
      paramLabel = "N",
      description = "Frames a second of one stream; default ${DEFAULT-VALUE}.")
  private double maxRate = Limits.defaults().maxRate();

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description = "Bytes of one picture; default ${DEFAULT-VALUE}.")
  private int maxBytes = Limits.defaults().maxFrameBytes();

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Pixels of one picture, width times height; default ${DEFAULT-VALUE}.")
  private long maxPixels = Limits.defaults().maxPixels();

  @Option(
      names = "--max-feeds",
      paramLabel = "N",
      description = "WebSockets open at once; default ${DEFAULT-VALUE}.")
  private int maxFeeds = Limits.defaults().maxFeeds();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads that decode and look for faces; default: one a core.")
  private int workers = Limits.defaults().workers();

  @Spec private CommandSpec spec;
  @Mixin private WebOptions address;
  @Mixin private AccessOptions access;
  @Mixin private SecretOptions secret;
  @Mixin private OneProcessOptions process;
  @Mixin private StartOptions start;
  @Mixin private FaceOptions faces;

  @Override
  public Integer call() {
    Problems problems = new Problems();
    process.check(problems);
    faces.check(problems);
    problems.throwIfAny();
    // Before anything is started, as most mistakes are made here.
    AccessTokens tokens = access.tokens(spec);
    GatewayConfig config = config();
    try (Shutdown shutdown = Shutdown.within(Shutdown.STAGE_LIMIT);
        Operations open = process.openOperations()) {
      open.serve();
      if (process.isEmbedded()) {
        runWithAll(config, tokens, open, shutdown);
      } else {
        try (Cluster remote = process.nameRemote()) {
          start.await(remote, open);
          SecretOptions.tellOfStage(config.pseudonyms());
          run(config, tokens, remote, new CompletableFuture<>(), open, shutdown);
        }
      }
    }
    return 0;
  }

  private void runWithAll(
      GatewayConfig config, AccessTokens tokens, Operations open, Shutdown shutdown) {
    try (SavedModelPrior prior = process.loadModel();
        OneProcess all =
            process.start(
                prior,
                open,
                PersonHasher.by(config.pseudonyms().hashKey()),
                WaitingLimit.AT_ONCE,
                requireConsent)) {
      if (process.dashboard().isOn()) {
        Dashboard shown =
            all.showDashboard(
                address.web(process.dashboard().port(DashboardCommand.PORT)),
                tokens,
                config.pseudonyms());
        open.check(shown::problem);
        System.out.println("Dashboard on " + shown.address());
      }
      run(config, tokens, all.cluster(), all.whenFailed(), open, shutdown);
    }
  }

  private static void run(
      GatewayConfig config,
      AccessTokens tokens,
      Cluster cluster,
      CompletableFuture<Throwable> stageFailure,
      Operations open,
      Shutdown shutdown) {
    try (TeachingRoutes teaching =
            TeachingRoutes.to(cluster, RECEIPT, tokens, config.pseudonyms());
        Gateway gateway =
            Gateway.start(
                config,
                tokens,
                cluster.client(),
                cluster.serdes(),
                teaching::addTo,
                Clock.systemUTC(),
                open.meters())) {
      open.check(gateway::problem);
      open.started();
      String address = gateway.address();
      System.out.printf(
          "Gateway on %s%n  a camera: %s/camera%n  how to publish: %s/docs%n",
          address, address, address);
      Optional<Throwable> failure = shutdown.await(stageFailure);
      open.stopping();
      boolean complete = gateway.stop();
      System.out.println("Gateway stopped: " + gateway.counts());
      if (failure.isPresent()) {
        throw StartException.ofStage(failure.get());
      }
      shutdown.exitWith(complete ? 0 : 1);
    }
  }

  private GatewayConfig config() {
    Limits standard = Limits.defaults();
    return new GatewayConfig(
        address.web(port),
        new Demands(requireConsent, requireSubjects, consentPattern),
        new Limits(
            maxBytes,
            maxPixels,
            maxRate,
            maxFeeds,
            standard.framesPerFeed(),
            standard.heldBytes(),
            workers),
        Patience.defaults(),
        process.isEmbedded() ? secret.ofRun(process) : secret.pseudonyms(),
        faces.model());
  }
}
