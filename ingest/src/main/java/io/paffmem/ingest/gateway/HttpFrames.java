package io.paffmem.ingest.gateway;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One picture in one request: {@code POST /v1/people/{person}/frames}. */
final class HttpFrames {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFrames.class);
  private static final String BEARER = "Bearer ";
  private static final String DEFAULT_STREAM = "http";
  private static final String SECONDS_TO_RETRY = "1";

  private final Admission admission;
  private final LiveStreams streams;
  private final FramePipeline pipeline;
  private final GatewayCounters counters;

  HttpFrames(
      Admission admission, LiveStreams streams, FramePipeline pipeline, GatewayCounters counters) {
    this.admission = admission;
    this.streams = streams;
    this.pipeline = pipeline;
    this.counters = counters;
  }

  void post(Context request) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Consumer<Reply> whenKnown = counters.counting(reply::complete);
    try {
      Reply refusal = take(request, whenKnown);
      if (refusal != null) {
        whenKnown.accept(refusal);
      }
    } catch (IOException e) {
      whenKnown.accept(Reply.refused(Refusal.INVALID_MESSAGE, "the picture did not come whole"));
    } catch (RuntimeException e) {
      LOG.error("A request could not be handled", e);
      whenKnown.accept(
          Reply.refused(Refusal.INTERNAL_ERROR, "a fault of the gateway; its log has more"));
    }
    request.future(() -> reply.thenAccept(known -> write(request, known)));
  }

  /** Hands the picture on, or says why not. */
  private @Nullable Reply take(Context request, Consumer<Reply> whenKnown) throws IOException {
    Declaration.Reader reader = new Declaration.Reader();
    String stream = request.queryParam("stream");
    Declaration declared =
        reader.read(
            request.pathParam("person"),
            stream == null ? DEFAULT_STREAM : stream,
            pipeline.limits().maxRate(),
            request.queryParam("purpose"),
            request.queryParam("consent"),
            request.queryParam("subjects"),
            request.queryParam("picture"));
    OptionalLong sequence = reader.whole("sequence", request.queryParam("sequence"));
    OptionalLong capturedAt = reader.whole("capturedAt", request.queryParam("capturedAt"));
    if (!reader.problems().isEmpty()) {
      return Reply.refused(Refusal.INVALID_MESSAGE, String.join("; ", reader.problems()));
    }
    Optional<Reply.Refused> refusal =
        admission.refusal(token(request.header("Authorization")), declared);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    int most = pipeline.limits().maxFrameBytes();
    if (request.req().getContentLengthLong() > most) {
      return FrameLane.tooManyBytes(most);
    }
    byte[] image = request.bodyInputStream().readNBytes(most + 1);
    try (FrameLane lane =
        pipeline.lane(declared, streams.of(declared.person(), declared.stream()))) {
      lane.submit(
          new LiveFrame(
              image,
              sequence.isPresent() ? sequence.getAsLong() : null,
              capturedAt.orElseGet(pipeline.clock()::millis)),
          whenKnown);
    }
    return null;
  }

  /** The token of an Authorization header; null if there is none. */
  static @Nullable String token(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private static void write(Context request, Reply reply) {
    int status = 200;
    if (reply instanceof Reply.Refused refused) {
      status = refused.reason().httpStatus();
      if (refused.reason() == Refusal.BUSY || refused.reason() == Refusal.RATE_LIMITED) {
        request.header("Retry-After", SECONDS_TO_RETRY);
      }
      if (refused.reason() == Refusal.UNAUTHORIZED) {
        request.header("WWW-Authenticate", "Bearer");
      }
    }
    request.status(status).contentType("application/json").result(Messages.httpReply(reply));
  }
}
