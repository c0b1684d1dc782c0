package io.paffmem.dashboard.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paffmem.access.Pseudonyms;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.PersonCommands;
import io.paffmem.cluster.Retention;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.start.StartException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a person forgotten, and says what is gone and what goes when. */
public final class Forgetting {
  private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * From when it is asked for until it is sent: with the broker's time and the receipt's it is well
   * within the minute after which a request is answered whatever becomes of it.
   */
  private static final Duration LATEST = Duration.ofSeconds(25);

  private final Cluster cluster;
  private final Duration patience;
  private final Pseudonyms pseudonyms;
  private final Supplier<Optional<String>> brokerProblem;
  private final InstantSource clock;

  /**
   * What came of it.
   *
   * @param isCertain whether the receipt has come
   */
  record Answer(boolean isCertain, String json) {}

  /**
   * @param brokerProblem why the broker would not take a command now; empty if it would
   */
  public Forgetting(
      Cluster cluster,
      Duration patience,
      Supplier<Optional<String>> brokerProblem,
      Pseudonyms pseudonyms,
      InstantSource clock) {
    this.pseudonyms = pseudonyms;
    this.cluster = cluster;
    this.patience = patience;
    this.brokerProblem = brokerProblem;
    this.clock = clock;
  }

  /**
   * That somebody is to be forgotten.
   *
   * @param cutoffMillis when it was asked for: frames ingested before are forgotten
   */
  record Request(String person, long cutoffMillis) {}

  /** What is asked for now, to be carried out soon. */
  Request request(String person) {
    return new Request(person, clock.millis());
  }

  /**
   * Sends the command and waits for the receipt.
   *
   * @throws StartException if the broker does not take the command, or the topology refuses it
   * @throws RefusedException if it was asked for so long ago that the answer may come too late;
   *     nothing is sent then
   */
  Answer carryOut(Request request) {
    String person = request.person();
    long cutoff = request.cutoffMillis();
    Optional<PersonReceipt> receipt =
        send(request, commands -> commands.tryForget(pseudonyms.of(person), cutoff));
    ObjectNode node =
        JSON.createObjectNode()
            .put("person", person)
            .put("state", receipt.isPresent() ? "FORGOTTEN" : "PENDING")
            .put("cutoff", receipt.map(PersonReceipt::getCutoffMillis).orElse(cutoff));
    receipt.ifPresent(
        known ->
            node.put("neuronsRemoved", known.getNeuronsRemoved())
                .put("waitingFramesRemoved", known.getWaitingFramesRemoved())
                .put("generation", known.getGeneration()));
    ArrayNode expires = node.putArray("expires");
    for (Retention retention : retentions()) {
      Duration longest = retention.longest();
      expires
          .addObject()
          .put("topic", retention.topic())
          .put("by", longest == null ? null : (Long) (cutoff + longest.toMillis()));
    }
    return new Answer(receipt.isPresent(), node.toString());
  }

  /**
   * Refuses a person's frames from now on, or takes that back, and waits for the receipt.
   *
   * @param consent reference whose frames are meant; null for all of the person
   * @throws StartException as {@link #carryOut}
   * @throws RefusedException as {@link #carryOut}
   */
  Answer block(Request request, @Nullable String consent, boolean isBlocked) {
    Optional<PersonReceipt> receipt =
        send(
            request,
            commands -> commands.tryBlock(pseudonyms.of(request.person()), consent, isBlocked));
    String done = isBlocked ? "BLOCKED" : "UNBLOCKED";
    ObjectNode node =
        JSON.createObjectNode()
            .put("person", request.person())
            .put("state", receipt.isPresent() ? done : "PENDING")
            .put("consent", consent);
    return new Answer(receipt.isPresent(), node.toString());
  }

  private Optional<PersonReceipt> send(
      Request request, Function<PersonCommands, Optional<PersonReceipt>> command) {
    Optional<String> problem = brokerProblem.get();
    if (problem.isPresent()) {
      throw new StartException(problem.get());
    }
    Optional<PersonReceipt> receipt;
    try (PersonCommands commands = new PersonCommands(cluster, patience)) {
      if (clock.millis() - request.cutoffMillis() > LATEST.toMillis()) {
        throw new RefusedException(
            ApiError.BUSY, "too many ask at once, and nothing was done; ask again");
      }
      receipt = command.apply(commands);
    }
    Optional<String> refused = receipt.map(PersonReceipt::getProblem);
    if (refused.isPresent()) {
      throw new StartException("nothing is done to the person: " + refused.get());
    }
    return receipt;
  }

  /** What was asked for is under way, or done: not knowing this does not undo it. */
  private List<Retention> retentions() {
    try {
      return cluster.retentions();
    } catch (StartException | KafkaException e) {
      LOG.warn("The broker does not say how long topics are kept: {}", e.toString());
      return List.of();
    }
  }
}
