package io.paffmem.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.access.OwnerOnly;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.memory.NoMemories;
import io.paffmem.dashboard.memory.PersonMemories;
import io.paffmem.web.WebConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A dashboard on a free port. */
final class LocalDashboard implements AutoCloseable {
  static final String TOKEN = "a token with every right";
  static final String CALLS_TOKEN = "a token for callers alone";
  static final String PUBLISHER_TOKEN = "a token that reads nobody";
  static final DashboardConfig CONFIG = config();
  private static final JsonMapper JSON = new JsonMapper();
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  final HttpClient http = HttpClient.newHttpClient();
  final Dashboard dashboard;

  LocalDashboard(DashboardConfig config, Cluster cluster, Path folder) throws IOException {
    this(config, cluster, new NoMemories(), folder);
  }

  LocalDashboard(DashboardConfig config, Cluster cluster, PersonMemories memories, Path folder)
      throws IOException {
    this(start(config, cluster, memories, folder));
    await(() -> dashboard.problem().isEmpty());
  }

  /** Nobody is idle, and no receipt late, because the machine stands still for a while. */
  private static DashboardConfig config() {
    DashboardConfig standard = DashboardConfig.standard(WebConfig.local(0));
    DashboardConfig.Patience patience = standard.patience();
    return new DashboardConfig(
        standard.web(),
        standard.limits(),
        new DashboardConfig.Patience(
            patience.history(),
            patience.update(),
            Duration.ofSeconds(30),
            patience.ping(),
            patience.reading(),
            patience.download(),
            Duration.ofSeconds(50)));
  }

  private LocalDashboard(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  /** One that listens, and may not be ready yet. */
  static LocalDashboard listening(DashboardConfig config, Cluster cluster, Path folder)
      throws IOException {
    return new LocalDashboard(start(config, cluster, new NoMemories(), folder));
  }

  private static Dashboard start(
      DashboardConfig config, Cluster cluster, PersonMemories memories, Path folder)
      throws IOException {
    Path access = folder.resolve("access.json");
    OwnerOnly.replace(
        access,
        """
            {"tokens": [
              {"name": "all", "token": "%s", "read": ["*"], "forget": ["*"]},
              {"name": "calls", "token": "%s", "read": ["caller-*"]},
              {"name": "camera", "token": "%s", "publish": {"people": ["*"], "streams": ["*"]}}]}
            """
            .formatted(TOKEN, CALLS_TOKEN, PUBLISHER_TOKEN)
            .getBytes(UTF_8));
    return Dashboard.start(
        config,
        AccessTokens.read(access),
        cluster,
        memories,
        Clock.systemUTC(),
        new SimpleMeterRegistry());
  }

  /** Looks until it is so. */
  static void await(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new AssertionError("not within " + PATIENCE_NANOS / 1_000_000_000 + " s");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Writes the access file again, for its owner alone. */
  static void writeAccess(Path folder, String text) throws IOException {
    OwnerOnly.replace(folder.resolve("access.json"), text.getBytes(UTF_8));
  }

  URI uri(String path) {
    return URI.create(dashboard.address() + path);
  }

  SseReader stream(String path) throws IOException, InterruptedException {
    return stream(path, TOKEN);
  }

  SseReader stream(String path, String token) throws IOException, InterruptedException {
    return new SseReader(http, uri(path), token);
  }

  TextSocket socket(String path, String token) {
    return TextSocket.connect(http, socketUri(path), token);
  }

  /** With which status a WebSocket is refused. */
  int socketStatus(String path, String token) {
    try (TextSocket taken = socket(path, token)) {
      throw new AssertionError("taken, and open: " + taken.isOpen());
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  private URI socketUri(String path) {
    return URI.create("ws://127.0.0.1:" + dashboard.port() + path);
  }

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    return send("GET", path, token);
  }

  HttpResponse<String> send(String method, String path, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path, TOKEN);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    dashboard.close();
  }
}
