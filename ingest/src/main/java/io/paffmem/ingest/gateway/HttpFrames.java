package io.paffmem.ingest.gateway;

import io.javalin.http.Context;
import io.paffmem.ingest.gateway.frames.Admission;
import io.paffmem.ingest.gateway.frames.Declaration;
import io.paffmem.ingest.gateway.frames.DeclarationReader;
import io.paffmem.ingest.gateway.frames.FrameLane;
import io.paffmem.ingest.gateway.frames.FramePipeline;
import io.paffmem.ingest.gateway.frames.LiveFrame;
import io.paffmem.ingest.gateway.frames.LiveStreams;
import io.paffmem.ingest.gateway.frames.Refusal;
import io.paffmem.ingest.gateway.frames.Reply;
import io.paffmem.web.BearerToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One picture in one request: {@code POST /v1/people/{person}/frames}. */
final class HttpFrames {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFrames.class);
  private static final String DEFAULT_STREAM = "http";
  private static final String SECONDS_TO_RETRY = "1";
  private static final List<String> PARAMETERS =
      List.of("stream", "sequence", "capturedAt", "purpose", "consent", "subjects", "picture");

  /** Of the server's 64 threads, which the feeds need too: a body is waited for by one. */
  private static final int UPLOADS_AT_ONCE = 16;

  private static final int PIECE_BYTES = 16 * 1024;
  private static final Duration LONGEST_UPLOAD = Duration.ofSeconds(20);

  private final Admission admission;
  private final LiveStreams streams;
  private final FramePipeline pipeline;
  private final GatewayCounters counters;
  private final Semaphore uploads = new Semaphore(UPLOADS_AT_ONCE);

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
        endConnection(request);
        whenKnown.accept(refusal);
      }
    } catch (IOException e) {
      endConnection(request);
      whenKnown.accept(
          Reply.refused(Refusal.INVALID_MESSAGE, "the picture did not come whole, or too slowly"));
    } catch (RuntimeException e) {
      LOG.error("A request could not be handled", e);
      whenKnown.accept(
          Reply.refused(Refusal.INTERNAL_ERROR, "a fault of the gateway; its log has more"));
    }
    request.future(() -> reply.thenAccept(known -> write(request, known)));
  }

  /**
   * A connection with a body that nobody read cannot take another request; a client that is not
   * told so may send one and find it broken.
   */
  private static void endConnection(Context request) {
    request.header("Connection", "close");
  }

  /** Hands the picture on, or says why not before it is read. */
  private @Nullable Reply take(Context request, Consumer<Reply> whenKnown) throws IOException {
    if (!areParametersGood(request)) {
      return Reply.refused(
          Refusal.INVALID_MESSAGE,
          "parameters are " + String.join(", ", PARAMETERS) + "; each once, URL-encoded");
    }
    DeclarationReader reader = new DeclarationReader();
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
    if (admission.judge(BearerToken.of(request.header("Authorization")), declared)
        instanceof Admission.Rejected rejected) {
      return rejected.reply();
    }
    String contentType = request.contentType();
    boolean form = MultipartPicture.isForm(contentType);
    int most = pipeline.limits().maxFrameBytes();
    int mostOfBody = form ? most + MultipartPicture.MOST_FORM_BYTES : most;
    if (request.req().getContentLengthLong() > mostOfBody) {
      return FrameLane.tooManyBytes(most);
    }
    MessageBuffer body = new MessageBuffer(mostOfBody, pipeline.budget());
    if (!read(request, body) || body.state() == MessageBuffer.State.NO_ROOM) {
      return Reply.refused(Refusal.BUSY, "too many pictures wait; send this one again");
    }
    if (body.state() == MessageBuffer.State.TOO_LARGE) {
      return FrameLane.tooManyBytes(most);
    }
    byte[] image = body.take();
    if (form && contentType != null) {
      Optional<byte[]> picture = MultipartPicture.in(contentType, image);
      if (picture.isEmpty()) {
        return Reply.refused(
            Refusal.NOT_AN_IMAGE, "a form without a picture; send that as file=@FILE");
      }
      image = picture.get();
    }
    try (FrameLane lane =
        pipeline.lane(declared, admission, streams.of(declared.person(), declared.stream()))) {
      lane.submit(
          new LiveFrame(
              image,
              sequence.isPresent() ? sequence.getAsLong() : null,
              capturedAt.orElseGet(pipeline.clock()::millis)),
          whenKnown);
    }
    return null;
  }

  /** Whether each parameter is known and there once: one passed over might be what forbids. */
  private static boolean areParametersGood(Context request) {
    String query = request.queryString();
    if (query == null || query.isEmpty()) {
      return true;
    }
    Map<String, List<String>> given = request.queryParamMap();
    // A name or a value that cannot be decoded is missing here.
    return given.size() == query.split("&", -1).length
        && given.values().stream().allMatch(values -> values.size() == 1)
        && PARAMETERS.containsAll(given.keySet());
  }

  /**
   * Reads the body, until it ends or is refused.
   *
   * @return false if too many bodies are waited for already
   * @throws IOException if it does not come whole, or too slowly; nothing of it is held then
   */
  private boolean read(Context request, MessageBuffer body) throws IOException {
    if (!uploads.tryAcquire()) {
      return false;
    }
    boolean whole = false;
    try {
      readInTime(request.bodyInputStream(), body);
      whole = true;
      return true;
    } finally {
      if (!whole) {
        body.clear();
      }
      uploads.release();
    }
  }

  /** A least rate, as Jetty has it, would let a large body come for minutes. */
  private static void readInTime(InputStream input, MessageBuffer body) throws IOException {
    long start = System.nanoTime();
    byte[] piece = new byte[PIECE_BYTES];
    int more;
    while (body.state() == MessageBuffer.State.WHOLE && (more = input.read(piece)) >= 0) {
      body.add(ByteBuffer.wrap(piece, 0, more));
      if (System.nanoTime() - start > LONGEST_UPLOAD.toNanos()) {
        throw new IOException("too slow");
      }
    }
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
