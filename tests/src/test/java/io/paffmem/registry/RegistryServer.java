package io.paffmem.registry;

import io.paffmem.chain.QuietPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Apicurio Registry on a free loopback port, its schemas in its memory. It speaks Confluent's
 * protocol.
 */
public final class RegistryServer implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "registry").toAbsolutePath();
  private static final int ATTEMPTS = 3;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Thread killer;
  private final Path log;
  private final String url;

  private RegistryServer(Process process, Thread killer, Path log, String url) {
    this.process = process;
    this.killer = killer;
    this.log = log;
    this.url = url;
  }

  /** Starts the server and returns when it answers. */
  public static RegistryServer start() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      RegistryServer server = on(QuietPorts.next());
      try {
        server.awaitAnswer();
        return server;
      } catch (IOException | InterruptedException | RuntimeException e) {
        server.close();
        // Somebody may have taken the port between its being found free and its being used.
        if (attempt == ATTEMPTS || !server.log().contains("in use")) {
          throw e;
        }
      }
    }
  }

  private static RegistryServer on(int port) throws IOException {
    Path log = FOLDER.resolve("registry-%d.log".formatted(port));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                runner().toString())
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    // Should this JVM be ended half-way through, the server goes with it.
    Thread killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    return new RegistryServer(
        process, killer, log, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  /** Where Confluent's protocol is spoken. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/subjects"))
            .timeout(Duration.ofSeconds(10))
            .build();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers(http, request)) {
      if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new IOException("The registry did not start; it said:\n" + log());
      }
    }
  }

  private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // Not yet.
    }
  }

  private static Path runner() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private String log() throws IOException {
    return Files.readString(log);
  }
}
