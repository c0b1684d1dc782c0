package io.paffmem.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads Server-Sent Events as a browser does. */
final class SseReader implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  /** One event; the type {@code end} is made up for the end of the stream. */
  record Event(String type, String id, JsonNode data) {}

  private final Stream<String> lines;
  private final HttpResponse<Stream<String>> response;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  SseReader(HttpClient http, URI address, String token) throws IOException, InterruptedException {
    response =
        http.send(
            HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build(),
            BodyHandlers.ofLines());
    lines = response.body();
    Thread reader = new Thread(this::read, "sse-reader");
    reader.setDaemon(true);
    reader.start();
  }

  int status() {
    return response.statusCode();
  }

  private void read() {
    String[] fields = {"", "", ""};
    try {
      lines.forEach(
          line -> {
            if (line.startsWith("event: ")) {
              fields[0] = line.substring(7);
            } else if (line.startsWith("id: ")) {
              fields[1] = line.substring(4);
            } else if (line.startsWith("data: ")) {
              fields[2] = line.substring(6);
            } else if (line.isEmpty() && !fields[0].isEmpty()) {
              events.add(new Event(fields[0], fields[1], json(fields[2])));
              fields[0] = "";
            }
          });
    } catch (UncheckedIOException e) {
      // Ends as well as any other way.
    }
    events.add(new Event("end", "", JSON.nullNode()));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next event. */
  Event next() throws InterruptedException {
    Event next = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no event within " + PATIENCE);
    }
    return next;
  }

  /** The next event that is like that; those before are passed over. */
  Event next(Predicate<Event> wanted) throws InterruptedException {
    while (true) {
      Event next = next();
      if (wanted.test(next)) {
        return next;
      }
      if (next.type().equals("end")) {
        throw new AssertionError("the stream ended before");
      }
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
