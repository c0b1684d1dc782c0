package io.paffmem.ingest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.access.OwnerOnly;
import io.paffmem.bench.FeedClient;
import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.gateway.frames.Limits;
import io.paffmem.ingest.publish.LivePublisher;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.web.WebConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A gateway on a free port, with Kafka's producer for tests behind it. */
final class LocalGateway implements AutoCloseable {
  static final String TOKEN = "a token with every right";
  static final String CALLS_TOKEN = "a token for callers' calls";
  static final Limits LIMITS = new Limits(60_000, 640 * 480, 500, 20, 4, 1 << 20, 2);

  final MockProducer<byte[], byte[]> producer;
  final AvroSerdes serdes = AvroSerdes.inMemory();
  final MeterRegistry meters = new SimpleMeterRegistry();
  final HttpClient http = HttpClient.newHttpClient();
  final Gateway gateway;
  private final Path access;

  /** People, or people and consents with a slash between. */
  final Set<String> blocked = ConcurrentHashMap.newKeySet();

  volatile boolean brokerAnswers = true;

  /**
   * @param acknowledges whether the broker acknowledges each frame at once
   */
  LocalGateway(GatewayConfig config, boolean acknowledges, Path folder) throws IOException {
    access = folder.resolve("access.json");
    writeAccess(
        """
            {"tokens": [
              {"name": "all", "token": "%s",
               "publish": {"people": ["*"], "streams": ["*"]}, "exempt": true},
              {"name": "calls", "token": "%s",
               "publish": {"people": ["caller-*"], "streams": ["call-*"]},
               "purposes": ["quality", "medical"]}]}
            """
            .formatted(TOKEN, CALLS_TOKEN));
    producer =
        new MockProducer<>(
            acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    gateway =
        new Gateway(
            config,
            AccessTokens.read(access),
            new LivePublisher(producer, serdes, Clock.systemUTC()),
            new Broker() {
              @Override
              public Optional<String> problem() {
                return brokerAnswers ? Optional.empty() : Optional.of("the broker is away");
              }

              @Override
              public void close() {}
            },
            (person, consent) ->
                blocked.contains(person) || blocked.contains(person + "/" + consent),
            routes -> {},
            Clock.systemUTC(),
            meters);
  }

  /** Writes the access file, for its owner alone. */
  void writeAccess(String text) throws IOException {
    OwnerOnly.replace(access, text.getBytes(UTF_8));
  }

  static GatewayConfig config() {
    return config(LIMITS, false, Patience.defaults());
  }

  static GatewayConfig config(Limits limits, boolean requireConsent, Patience patience) {
    return new GatewayConfig(WebConfig.local(0), requireConsent, limits, patience);
  }

  FeedClient connect() {
    return FeedClient.connect(http, URI.create("ws://127.0.0.1:" + gateway.port()));
  }

  /** With pictures that are faces already, as fast as the gateway allows. */
  FeedClient open(String person) {
    return FeedClient.open(
        http,
        URI.create("ws://127.0.0.1:" + gateway.port()),
        TOKEN,
        person,
        Map.of("picture", "face", "rate", 500));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String token, byte[] picture)
      throws IOException, InterruptedException {
    return post(path, token, "image/jpeg", picture);
  }

  HttpResponse<String> post(String path, String token, String contentType, byte[] picture)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What stands on the topic. */
  List<Frame> frames() {
    return producer.history().stream()
        .map(record -> serdes.of(Frame.class).decode(Topics.FRAMES, record.value()))
        .map(decoded -> ((Decoded.Value<Frame>) decoded).value())
        .toList();
  }

  @Override
  public void close() {
    gateway.close();
    serdes.close();
  }
}
