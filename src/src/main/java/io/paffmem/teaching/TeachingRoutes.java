package io.paffmem.teaching;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.paffmem.access.AccessTokens;
import io.paffmem.access.Audit;
import io.paffmem.access.Grant;
import io.paffmem.access.Pseudonyms;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.PersonCommands;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonName;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import io.paffmem.start.StartException;
import io.paffmem.web.BearerToken;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Teaches memories on behalf of those whose token has the right to. */
public final class TeachingRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TeachingRoutes.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_AT_ONCE = 2;
  private static final int MOST_WAITING = 32;
  private static final int LONGEST_NAME = 256;

  private final AccessTokens tokens;
  private final Pseudonyms pseudonyms;
  private final PersonHasher hasher;
  private final Function<Teaching, Optional<PersonReceipt>> sender;
  private final ThreadPoolExecutor threads;

  /** What is answered. */
  private record Reply(int status, ObjectNode body) {}

  /**
   * Routes that teach.
   *
   * @param sender sends a teaching and waits for its receipt; empty if none comes in time
   */
  TeachingRoutes(
      AccessTokens tokens,
      Pseudonyms pseudonyms,
      Function<Teaching, Optional<PersonReceipt>> sender) {
    this.tokens = tokens;
    this.pseudonyms = pseudonyms;
    this.hasher = PersonHasher.by(pseudonyms.hashKey());
    this.sender = sender;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            MOST_AT_ONCE,
            MOST_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> new Thread(task, "teaching-" + number.incrementAndGet()));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Routes that teach through a cluster's topology.
   *
   * @param cluster stays the caller's to close
   * @param patience how long a receipt is waited for
   */
  public static TeachingRoutes to(
      Cluster cluster, Duration patience, AccessTokens tokens, Pseudonyms pseudonyms) {
    return new TeachingRoutes(
        tokens,
        pseudonyms,
        teaching -> {
          try (PersonCommands commands = new PersonCommands(cluster, patience)) {
            return commands.tryTeach(teaching);
          }
        });
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    routes.post("/v1/people/{person}/teaching", this::teach);
    routes.delete("/v1/people/{person}/teaching/{id}", this::undo);
  }

  private void teach(Context request) {
    String person = admitted(request);
    if (person == null) {
      return;
    }
    Teaching teaching;
    try {
      teaching = TeachingBody.read(pseudonyms.of(person), request.bodyAsBytes());
    } catch (IllegalArgumentException e) {
      say(request, 400, "invalid_request", String.valueOf(e.getMessage()));
      return;
    }
    send(request, person, teaching, teaching.getCommandId());
  }

  private void undo(Context request) {
    String person = admitted(request);
    if (person == null) {
      return;
    }
    String id = request.pathParam("id");
    Teaching undo =
        new Teaching(
            UUID.randomUUID().toString(),
            pseudonyms.of(person),
            TeachingKind.UNDO,
            null,
            null,
            null,
            null,
            null,
            id);
    send(request, person, undo, id);
  }

  /** The person, if the token may teach their memory; else null, and the request is answered. */
  private @Nullable String admitted(Context request) {
    String person = PersonName.canonical(request.pathParam("person"));
    Optional<Grant> grant = tokens.grantOf(BearerToken.of(request.header("Authorization")));
    if (grant.isEmpty()) {
      request.header("WWW-Authenticate", "Bearer");
      say(
          request,
          401,
          "unauthorized",
          "no token that is good here; send it as Authorization: Bearer TOKEN");
      return null;
    }
    if (person.length() > LONGEST_NAME || PersonName.problem(person).isPresent()) {
      say(request, 400, "invalid_request", "the person's name cannot be one");
      return null;
    }
    if (!grant.get().mayTeach(person)) {
      tokens.lackedRight();
      say(request, 403, "forbidden", "the token does not have the right to teach this person");
      return null;
    }
    tokens
        .audit()
        .note(grant.get(), Audit.Action.TEACH, hasher.of(pseudonyms.of(person)).shortHex());
    return person;
  }

  private void send(Context request, String person, Teaching teaching, String id) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    try {
      threads.execute(() -> reply.complete(reply(person, teaching, id)));
    } catch (RejectedExecutionException e) {
      say(request, 503, "busy", "too many teach at once; teach it again");
      return;
    }
    request.future(() -> reply.thenAccept(known -> answer(request, known)));
  }

  private Reply reply(String person, Teaching teaching, String id) {
    Optional<PersonReceipt> receipt;
    try {
      receipt = sender.apply(teaching);
    } catch (KafkaException | StartException e) {
      LOG.warn("A teaching could not be sent: {}", e.toString());
      return new Reply(
          503, problem("broker_unavailable", "the broker did not take it; teach it again"));
    } catch (RuntimeException e) {
      LOG.error("A teaching could not be sent", e);
      return new Reply(500, problem("internal_error", "a fault of the server; its log has more"));
    }
    if (receipt.isEmpty()) {
      return new Reply(
          202, JSON.createObjectNode().put("person", person).put("id", id).put("state", "PENDING"));
    }
    String outcome = receipt.get().getOutcome();
    String refusal = receipt.get().getProblem();
    if (outcome == null || (refusal != null && !outcome.equals("duplicate"))) {
      return new Reply(
          409, problem(outcome == null ? "refused" : outcome, String.valueOf(refusal)));
    }
    return new Reply(
        200,
        JSON.createObjectNode()
            .put("person", person)
            .put("id", id)
            .put("state", outcome)
            .put("teachings", receipt.get().getTeachings()));
  }

  private static void say(Context request, int status, String code, String message) {
    answer(request, new Reply(status, problem(code, message)));
  }

  private static ObjectNode problem(String code, String message) {
    return JSON.createObjectNode().put("error", code).put("message", message);
  }

  private static void answer(Context request, Reply reply) {
    if (reply.status() == 503) {
      request.header("Retry-After", "2");
    }
    request.status(reply.status()).contentType("application/json").result(reply.body().toString());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
