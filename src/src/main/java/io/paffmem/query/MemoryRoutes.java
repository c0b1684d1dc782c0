package io.paffmem.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.paffmem.access.AccessTokens;
import io.paffmem.access.Grant;
import io.paffmem.query.MemoryAnswer.Found;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.MemoryAnswer.Reason;
import io.paffmem.topology.task.QueryAnswer;
import io.paffmem.web.BearerToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/people/{person}/memory} on an instance of the topology: {@link PersonMemory} as
 * JSON, for those who may read the person. A request for a person of another instance is sent on,
 * once, and the owner judges the token again.
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
  private final MemoryAddress address = new MemoryAddress();

  /**
   * Answers for a stream.
   *
   * @param tokens that are good here
   * @param stream {@code AffectiveStream::memory}
   * @param tls whether instances are asked by https
   */
  public MemoryRoutes(AccessTokens tokens, Function<String, QueryAnswer> stream, boolean tls) {
    this.tokens = tokens;
    this.stream = stream;
    this.scheme = tls ? "https" : "http";
  }

  /** Adds the route. */
  public void addTo(RoutesConfig routes) {
    routes.get(MemoryAddress.PATH, this::memory);
  }

  private void memory(Context request) {
    String person = request.pathParam("person");
    Optional<Grant> grant = tokens.grantOf(BearerToken.of(request.header("Authorization")));
    if (grant.isEmpty()) {
      request.header("WWW-Authenticate", "Bearer");
      error(request, 401, "unauthorized", "give a token that is good here: Authorization: Bearer");
    } else if (!grant.get().mayRead(person)) {
      error(request, 403, "forbidden", "the token may not read this person");
    } else {
      answer(request, person);
    }
  }

  private void answer(Context request, String person) {
    QueryAnswer ofStream = stream.apply(person);
    if (ofStream instanceof QueryAnswer.Elsewhere owner) {
      askOwner(request, person, owner);
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
    if (request.header(MemoryAddress.FORWARDED) != null) {
      unavailable(request, "the person's task moves from one instance to another");
      return;
    }
    String host = owner.host().contains(":") ? '[' + owner.host() + ']' : owner.host();
    URI instance = URI.create("%s://%s:%d".formatted(scheme, host, owner.port()));
    HttpResponse<byte[]> response;
    try {
      response = address.get(instance, person, request.header("Authorization"), true);
    } catch (IOException e) {
      LOG.debug("The instance at {} does not answer a query: {}", instance, e.toString());
      unavailable(request, "the instance that has the person does not answer");
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
