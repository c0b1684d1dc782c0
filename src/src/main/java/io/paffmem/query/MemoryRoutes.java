package io.paffmem.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.paffmem.access.AccessTokens;
import io.paffmem.access.Audit;
import io.paffmem.access.Grant;
import io.paffmem.access.Pseudonyms;
import io.paffmem.query.MemoryAnswer.Found;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.MemoryAnswer.Reason;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.topology.task.QueryAnswer;
import io.paffmem.web.BearerToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/people/{person}/memory} on an instance of the topology: {@link PersonMemory} as
 * JSON, for those who may read the person. For a person of another instance, this one asks that
 * one, once, and shows that it may by an {@link InstanceProof}.
 */
public final class MemoryRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryRoutes.class);

  /** The code of an answer that knows nothing of the person. */
  static final String UNKNOWN = "unknown_person";

  private static final String JSON = "application/json";
  private static final String SECONDS_TO_RETRY = "1";

  private final AccessTokens tokens;
  private final Function<String, QueryAnswer> stream;
  private final String scheme;
  private final @Nullable InstanceProof proof;
  private final Pseudonyms pseudonyms;
  private final PersonHasher hasher;
  private final MemoryAddress address = new MemoryAddress();

  /**
   * Answers for a stream.
   *
   * @param tokens that are good here
   * @param stream {@code AffectiveStream::memory}
   * @param tls whether instances are asked by https
   * @param proof how instances know one another; null if they do not
   * @param pseudonyms what people are called in the stream
   */
  public MemoryRoutes(
      AccessTokens tokens,
      Function<String, QueryAnswer> stream,
      boolean tls,
      @Nullable InstanceProof proof,
      Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
    this.hasher = PersonHasher.by(pseudonyms.hashKey());
    this.tokens = tokens;
    this.stream = stream;
    this.scheme = tls ? "https" : "http";
    this.proof = proof;
  }

  /** Adds the route. */
  public void addTo(RoutesConfig routes) {
    routes.get(MemoryAddress.PATH, this::memory);
  }

  private void memory(Context request) {
    String person = request.pathParam("person");
    String shown = request.header(InstanceProof.HEADER);
    if (shown != null) {
      if (proof != null && proof.isGood(shown, person)) {
        answer(request, person, true);
      } else {
        error(request, 403, "forbidden", "another instance asks that has another --secret");
      }
      return;
    }
    Optional<Grant> grant = tokens.grantOf(BearerToken.of(request.header("Authorization")));
    if (grant.isEmpty()) {
      request.header("WWW-Authenticate", "Bearer");
      error(request, 401, "unauthorized", "give a token that is good here: Authorization: Bearer");
    } else if (!grant.get().mayRead(person)) {
      tokens.lackedRight();
      error(request, 403, "forbidden", "the token may not read this person");
    } else {
      tokens
          .audit()
          .noteOften(
              grant.get(), Audit.Action.READ_MEMORY, hasher.of(pseudonyms.of(person)).shortHex());
      answer(request, person, false);
    }
  }

  /**
   * @param isAsked whether another instance asks
   */
  private void answer(Context request, String person, boolean isAsked) {
    QueryAnswer ofStream = stream.apply(pseudonyms.of(person));
    if (ofStream instanceof QueryAnswer.Elsewhere owner) {
      if (isAsked) {
        unavailable(request, "the person's task moves from one instance to another");
      } else {
        askOwner(request, person, owner);
      }
      return;
    }
    MemoryAnswer<PersonMemory> answer = LocalMemories.answer(person, ofStream);
    if (answer instanceof Found<PersonMemory> found) {
      request.contentType(JSON).result(found.value().toJson());
    } else {
      missing(request, (Missing<PersonMemory>) answer);
    }
  }

  private void askOwner(Context request, String person, QueryAnswer.Elsewhere owner) {
    InstanceProof known = proof;
    if (known == null) {
      unavailable(request, "another instance has the person, and without --secret none is asked");
      return;
    }
    String host = owner.host().contains(":") ? '[' + owner.host() + ']' : owner.host();
    URI instance = URI.create("%s://%s:%d".formatted(scheme, host, owner.port()));
    HttpResponse<byte[]> response;
    try {
      response = address.get(instance, person, InstanceProof.HEADER, known.of(person));
    } catch (IOException e) {
      LOG.debug("The instance at {} does not answer a query: {}", instance, e.toString());
      unavailable(request, "the instance that has the person does not answer");
      return;
    }
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      LOG.warn("The instance at {} has another --secret", instance);
      unavailable(request, "the instance that has the person has another --secret");
      return;
    }
    response.headers().firstValue("Retry-After").ifPresent(s -> request.header("Retry-After", s));
    request.status(response.statusCode()).contentType(JSON).result(response.body());
  }

  private static void unavailable(Context request, String reason) {
    missing(request, (Missing<?>) MemoryAnswer.restoring(reason));
  }

  private static void missing(Context request, Missing<?> missing) {
    if (missing.reason() == Reason.UNKNOWN_PERSON) {
      error(request, 404, UNKNOWN, missing.message());
    } else {
      request.header("Retry-After", SECONDS_TO_RETRY);
      error(request, 503, "memory_unavailable", missing.message());
    }
  }

  private static void error(Context request, int status, String code, String message) {
    String body =
        JsonNodeFactory.instance.objectNode().put("error", code).put("message", message).toString();
    request.status(status).contentType(JSON).result(body);
  }
}
