package io.paffmem.stage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model server: workers that encode and workers that imagine, each with a thread, a consumer
 * and a transactional producer of its own, over one loaded PK.
 *
 * <p>The PK, the decoder and the serdes are shared and belong to the caller, who closes them after
 * this. A worker that cannot go on (no right, two instances with one id) hands its partitions over
 * and is reported by {@link #failure}; the others go on.
 */
public final class ModelServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelServer.class);
  private static final long SHORTEST_PAUSE_MILLIS = 20;
  private static final Duration TO_FINISH = Duration.ofSeconds(5);
  private static final Duration TO_GIVE_UP = Duration.ofSeconds(3);

  private final ModelServerConfig config;
  private final PriorKnowledge prior;
  private final @Nullable IdentityModel looks;
  private final ImageDecoder decoder;
  private final AvroSerdes serdes;
  private final KafkaClients clients;
  private final BackgroundCores imagineCores =
      new BackgroundCores("imagine-cores", BackgroundCores.half());
  private final StageCounters encodeCounters;
  private final StageCounters imagineCounters;
  private final ModelProbe probe;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  // Added before any is started, and read by those who ask for health and metrics.
  private final List<TransactionalWorker> workers = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  /**
   * A server that does nothing before {@link #start}, tells no looks, and whose counters nobody
   * else sees.
   */
  public ModelServer(
      ModelServerConfig config, PriorKnowledge prior, ImageDecoder decoder, AvroSerdes serdes) {
    this(config, prior, null, decoder, serdes, new SimpleMeterRegistry());
  }

  /**
   * A server that does nothing before {@link #start}.
   *
   * @param looks tells how faces look; null if nobody is to know
   * @param meters where it and its clients count; for one model server alone
   */
  public ModelServer(
      ModelServerConfig config,
      PriorKnowledge prior,
      @Nullable IdentityModel looks,
      ImageDecoder decoder,
      AvroSerdes serdes,
      MeterRegistry meters) {
    this(config, prior, looks, decoder, serdes, meters, KafkaClients.real(meters));
  }

  ModelServer(
      ModelServerConfig config,
      PriorKnowledge prior,
      @Nullable IdentityModel looks,
      ImageDecoder decoder,
      AvroSerdes serdes,
      MeterRegistry meters,
      KafkaClients clients) {
    this.config = config;
    this.prior = prior;
    this.looks = looks;
    this.decoder = decoder;
    this.serdes = serdes;
    this.clients = clients;
    this.probe = new ModelProbe(prior);
    this.encodeCounters =
        new StageCounters(meters, EncodeStage.NAME, EncodeStage.DEAD_LETTER_REASONS, List.of());
    this.imagineCounters =
        new StageCounters(
            meters,
            ImagineStage.NAME,
            ImagineStage.DEAD_LETTER_REASONS,
            ImagineStage.REFUSAL_REASONS);
    Gauge.builder("paffmem.model.info", () -> 1)
        .description("1; the label says which PK is loaded")
        .tags("model", prior.modelVersion())
        .register(meters);
    gaugePartitions(meters, EncodeStage.NAME, Topics.FRAMES);
    gaugePartitions(meters, ImagineStage.NAME, Topics.SEED_REQUESTS);
  }

  private void gaugePartitions(MeterRegistry meters, String stage, String topic) {
    Gauge.builder("paffmem.model.server.partitions", () -> partitions(topic))
        .description("partitions that the workers of this instance have")
        .tags("stage", stage)
        .register(meters);
  }

  /**
   * Starts the workers and returns; a broker that is away is waited for.
   *
   * @throws org.apache.kafka.common.KafkaException if a client cannot be made with these settings
   * @throws IllegalStateException if it was started before
   */
  public synchronized void start() {
    if (!workers.isEmpty()) {
      throw new IllegalStateException("Started already");
    }
    try {
      addWorkers(
          config.encode(),
          () -> new EncodeStage(prior, probe, looks, decoder, serdes, config.requireConsent()),
          encodeCounters);
      addWorkers(
          sharingARun(config.imagine()),
          () -> new ImagineStage(prior, probe, serdes, imagineCores),
          imagineCounters);
    } catch (RuntimeException e) {
      workers.forEach(TransactionalWorker::stop);
      workers.forEach(TransactionalWorker::run); // Closes its clients, as it was stopped before.
      throw e;
    }
    threads.forEach(Thread::start);
    LOG.info(
        "Model server {} with model {}: {} encode, {} imagine",
        config.instanceId(),
        prior.modelVersion(),
        config.encode().count(),
        config.imagine().count());
  }

  /**
   * Why it does not do all of its work now, in plain words: a stage without partitions, a worker
   * that tries without success or hangs, a PK that does not answer. Asks the PK if that is in
   * doubt, which takes some milliseconds. Empty if it does all.
   */
  public Optional<String> problem() {
    Optional<Throwable> failed = failure();
    if (failed.isPresent()) {
      return Optional.of("a worker cannot go on: " + failed.get().getMessage());
    }
    if (closing) {
      return Optional.of("the model server is being stopped");
    }
    if (workers.isEmpty()) {
      return Optional.of("the model server has not started yet");
    }
    for (String topic : List.of(Topics.FRAMES, Topics.SEED_REQUESTS)) {
      if (works(topic) && partitions(topic) == 0) {
        return Optional.of(
            "no partition of %s is assigned to this instance: they are being shared out, or others"
                    .formatted(topic)
                + " have them all");
      }
    }
    for (TransactionalWorker worker : workers) {
      if (worker.gaveUp()) {
        probe.doubt();
      }
      Optional<String> trouble = worker.trouble();
      if (trouble.isPresent()) {
        return trouble;
      }
    }
    return probe.problem();
  }

  /**
   * What it needs by itself and is not there, in plain words: a PK that answers. Empty if it is.
   * For those who start it: without a PK it would take partitions from servers that are well.
   */
  public Optional<String> lacking() {
    return probe.problem();
  }

  /** What has been done so far. */
  public ModelServerCounts counts() {
    return ModelServerCounts.of(encodeCounters, imagineCounters);
  }

  /** Why the first worker that failed could not go on; empty while all work. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.getNow(null));
  }

  /** Completes with {@link #failure} when a worker fails; never, if none does. */
  public CompletableFuture<Throwable> whenFailed() {
    return failure.copy();
  }

  /**
   * Lets every worker finish and commit the batch in hand, and waits for them; a worker that takes
   * longer than 5 s (broker away) is interrupted, and its batch is left for the next.
   */
  @Override
  public synchronized void close() {
    closing = true;
    workers.forEach(TransactionalWorker::stop);
    if (!join(TO_FINISH)) {
      threads.forEach(Thread::interrupt);
      if (!join(TO_GIVE_UP)) {
        LOG.error("A worker does not end: {}", threads.stream().filter(Thread::isAlive).toList());
      }
    }
    imagineCores.close();
  }

  /**
   * Workers whose batches are no larger than what one run of the PK computes: more requests at once
   * would only make the first one wait.
   */
  private ModelServerConfig.Workers sharingARun(ModelServerConfig.Workers imagine) {
    int requests = Math.max(1, prior.facesPerRun() / SeedLayout.FEWEST_COMPUTED);
    return new ModelServerConfig.Workers(
        imagine.group(), imagine.count(), Math.min(imagine.batchSize(), requests));
  }

  private boolean works(String topic) {
    return workers.stream().anyMatch(worker -> worker.topic().equals(topic));
  }

  private int partitions(String topic) {
    return workers.stream()
        .filter(worker -> worker.topic().equals(topic))
        .mapToInt(TransactionalWorker::partitions)
        .sum();
  }

  private void addWorkers(
      ModelServerConfig.Workers some, Supplier<BatchStage> stages, StageCounters counters) {
    for (int slot = 0; slot < some.count(); slot++) {
      String id = some.group() + "-" + config.instanceId() + "-" + slot;
      Map<String, Object> producerSettings = ClientSettings.producer(config, id);
      TransactionalWorker worker =
          new TransactionalWorker(
              id,
              stages.get(),
              clients.consumer(ClientSettings.consumer(config, some, id)),
              () -> clients.producer(producerSettings),
              SHORTEST_PAUSE_MILLIS,
              counters,
              System::nanoTime);
      workers.add(worker);
      threads.add(new Thread(() -> runToFailure(id, worker), id));
    }
  }

  private void runToFailure(String id, TransactionalWorker worker) {
    try {
      worker.run();
    } catch (Throwable e) {
      LOG.error("{} cannot go on", id, e);
      failure.complete(e);
    }
  }

  /** Whether all threads ended within the time. */
  private boolean join(Duration time) {
    long deadlineNanos = System.nanoTime() + time.toNanos();
    for (Thread thread : threads) {
      long leftMillis = Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
      try {
        thread.join(leftMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      if (thread.isAlive()) {
        return false;
      }
    }
    return true;
  }
}
