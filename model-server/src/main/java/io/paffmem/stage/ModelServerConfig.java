package io.paffmem.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How a model server is run.
 *
 * @param bootstrapServers Kafka's {@code host:port}, several separated by commas
 * @param instanceId names this instance among all that run, and stays the same over restarts: a
 *     restarted instance ends what it had left open itself. Letters, digits, dot, dash, underscore
 * @param encode the workers that turn frames into embeddings
 * @param imagine the workers that answer seed requests; a bounded share, so that newcomers do not
 *     crowd out everyone else's frames
 * @param transactionTimeoutMillis how long a transaction that a killed worker left open may hold
 *     back the readers of its partitions, 1 to 60 s. The broker looks for such transactions every
 *     {@code transaction.abort.timed.out.transaction.cleanup.interval.ms}, which comes on top
 * @param requireConsent whether frames whose headers name no consent ({@code FrameHeaders.CONSENT})
 *     become dead letters
 * @param clientProperties more settings for Kafka's clients (security, say)
 */
public record ModelServerConfig(
    String bootstrapServers,
    String instanceId,
    Workers encode,
    Workers imagine,
    int transactionTimeoutMillis,
    boolean requireConsent,
    Map<String, String> clientProperties) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final int MAX_WORKERS = 64;
  private static final int MAX_BATCH_SIZE = 4_096;

  /**
   * The workers of one stage.
   *
   * @param group the consumer group, the same for all instances
   * @param count workers of this instance, 0 to 64; each has a consumer and a producer
   * @param batchSize most records in one transaction, 1 to 4096; for encode also the most faces in
   *     one run of the PK; for imagine it is lowered to what shares one run
   */
  public record Workers(String group, int count, int batchSize) {}

  /**
   * Checks everything and names all that is wrong at once.
   *
   * @throws IllegalArgumentException naming each key, its value and what is allowed
   */
  public ModelServerConfig {
    List<String> problems = new ArrayList<>();
    if (bootstrapServers.isBlank()) {
      problems.add("bootstrapServers is empty; give at least one host:port");
    }
    if (!NAME.matcher(instanceId).matches()) {
      problems.add(
          "instanceId is '%s'; allowed are 1 to 100 letters, digits, dots, dashes, underscores"
              .formatted(instanceId));
    }
    check("encode", encode, problems);
    check("imagine", imagine, problems);
    if (encode.group().equals(imagine.group())) {
      problems.add(
          "encode.group and imagine.group are both '%s'; they must differ"
              .formatted(encode.group()));
    }
    if (transactionTimeoutMillis < 1_000 || transactionTimeoutMillis > 60_000) {
      problems.add(
          "transactionTimeoutMillis is %d; allowed are 1000 to 60000"
              .formatted(transactionTimeoutMillis));
    }
    var allowed = ClientSettings.allowed();
    for (String name : new TreeSet<>(clientProperties.keySet())) {
      if (ClientSettings.RESERVED.contains(name)) {
        problems.add("clientProperties has %s; the stages set that themselves".formatted(name));
      } else if (!allowed.contains(name)) {
        problems.add(
            "clientProperties has %s; Kafka's consumer and producer know no such setting"
                .formatted(name));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /**
   * What suits two cores: two workers encode, so that one decodes and commits while the other runs
   * the PK; one imagines. A seed request costs 40 to 200 faces, far more than a commit, so only
   * those that share a run are committed together: on two cores each alone. The time-out is short,
   * as a transaction is open only to send.
   */
  public static ModelServerConfig at(String bootstrapServers, String instanceId) {
    return new ModelServerConfig(
        bootstrapServers,
        instanceId,
        new Workers("paffmem-encode", 2, 256),
        new Workers("paffmem-imagine", 1, 16),
        6_000,
        false,
        Map.of());
  }

  /** The same with other settings of Kafka's clients, and with or without need of a consent. */
  public ModelServerConfig on(Map<String, String> client, boolean consentRequired) {
    return new ModelServerConfig(
        bootstrapServers,
        instanceId,
        encode,
        imagine,
        transactionTimeoutMillis,
        consentRequired,
        client);
  }

  private static void check(String name, Workers workers, List<String> problems) {
    if (!NAME.matcher(workers.group()).matches()) {
      problems.add(
          "%s.group is '%s'; allowed are 1 to 100 letters, digits, dots, dashes, underscores"
              .formatted(name, workers.group()));
    }
    if (workers.count() < 0 || workers.count() > MAX_WORKERS) {
      problems.add(
          "%s.count is %d; allowed are 0 to %d".formatted(name, workers.count(), MAX_WORKERS));
    }
    if (workers.batchSize() < 1 || workers.batchSize() > MAX_BATCH_SIZE) {
      problems.add(
          "%s.batchSize is %d; allowed are 1 to %d"
              .formatted(name, workers.batchSize(), MAX_BATCH_SIZE));
    }
  }
}
