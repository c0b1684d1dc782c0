package io.paffmem.query;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one process asks another for a memory. Thread-safe. */
final class MemoryAddress {
  static final String PATH = "/v1/people/{person}/memory";

  private static final Duration CONNECTING = Duration.ofSeconds(2);
  private static final Duration ANSWERING = Duration.ofSeconds(8);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECTING)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Asks.
   *
   * @param instance {@code http://HOST:PORT}
   * @param header by which the one who asks shows who it is
   * @param value of that header; null for none
   * @throws IOException if no answer comes in time
   */
  HttpResponse<byte[]> get(URI instance, String person, String header, @Nullable String value)
      throws IOException {
    String name = URLEncoder.encode(person, StandardCharsets.UTF_8).replace("+", "%20");
    URI address = instance.resolve(PATH.replace("{person}", name));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(ANSWERING).header("Accept", "application/json");
    if (value != null) {
      request.header(header, value);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
