package io.paffmem.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.access.AccessTokens;
import io.paffmem.access.DeploymentSecret;
import io.paffmem.access.OwnerOnly;
import io.paffmem.access.Pseudonyms;
import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryParameters;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.guard.PersonLook;
import io.paffmem.query.MemoryAnswer.Found;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.MemoryAnswer.Reason;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.store.StoredMemory;
import io.paffmem.topology.task.QueryAnswer;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebException;
import io.paffmem.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class MemoryRoutesTest {
  private static final String READER = "Bearer reader-0123456789";
  private static final String PUBLISHER = "Bearer publisher-0123456789";

  @TempDir private Path folder;
  private final Map<String, QueryAnswer> here = new HashMap<>();
  private final Map<String, QueryAnswer> there = new HashMap<>();
  private final List<WebServer> servers = new ArrayList<>();
  private WebServer one;
  private WebServer two;
  private final AtomicLong nowMillis = new AtomicLong(1_000_000);
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());

  @BeforeEach
  void open() throws IOException {
    Path access = folder.resolve("access.json");
    OwnerOnly.replace(
        access,
        """
        {"tokens": [
          {"name": "reader", "token": "reader-0123456789", "read": ["*"]},
          {"name": "publisher", "token": "publisher-0123456789",
           "publish": {"people": ["*"], "streams": ["*"]}, "read": ["bob"]}
        ]}"""
            .getBytes(StandardCharsets.UTF_8));
    AccessTokens tokens = AccessTokens.read(access);
    DeploymentSecret secret = DeploymentSecret.readOrMake(folder.resolve("secret"));
    one = server(tokens, here, new InstanceProof(secret, clock));
    two = server(tokens, there, new InstanceProof(secret, clock));
  }

  private WebServer server(
      AccessTokens tokens, Map<String, QueryAnswer> stream, @Nullable InstanceProof proof) {
    QueryAnswer unknown = new QueryAnswer.Unknown();
    MemoryRoutes routes =
        new MemoryRoutes(
            tokens,
            person -> stream.getOrDefault(person, unknown),
            false,
            proof,
            Pseudonyms.none());
    WebServer server = MemoriesServer.start(WebConfig.local(0), routes);
    servers.add(server);
    return server;
  }

  @AfterEach
  void close() {
    servers.forEach(WebServer::close);
  }

  @Test
  void get_personIsHere_isTheirWholeMemory() throws Exception {
    MemoryState state = seeded();
    here.put("ann", found(state));

    PersonMemory memory = memory(one, "ann");

    assertThat(memory.person()).isEqualTo("ann");
    assertThat(memory.generation()).isEqualTo(3);
    assertThat(memory.modelVersion()).isEqualTo("pk-1");
    assertThat(memory.seededFrames()).isEqualTo(1);
    assertThat(memory.seedingFrames()).isEqualTo(25);
    assertThat(memory.framesPerceived()).isEqualTo(1234567890123L);
    assertThat(memory.waitingFrames()).isEqualTo(2);
    assertThat(memory.capacity()).isEqualTo(300);
    assertThat(memory.neurons()).hasSize(state.size());
    int ends = 0;
    for (int slot = 0; slot < state.size(); slot++) {
      PersonMemory.Neuron neuron = memory.neurons().get(slot);
      assertThat(neuron.id()).isEqualTo(state.neuronId(slot));
      assertThat(neuron.arousal()).isEqualTo(state.arousal(slot));
      assertThat(neuron.valence()).isEqualTo(state.valence(slot));
      assertThat(neuron.habituation()).isEqualTo(state.habituation(slot));
      for (int d = 0; d < state.dimensions(); d++) {
        assertThat(neuron.weights()[d]).isEqualTo(state.weight(slot, d));
      }
      ends += state.degree(slot);
    }
    assertThat(memory.edges()).hasSize(ends / 2).isNotEmpty();
    PersonMemory.Edge edge = memory.edges().get(0);
    assertThat(edge.from()).isEqualTo(state.neuronId(0)).isLessThan(edge.to());
    assertThat(edge.to()).isEqualTo(state.neighbourId(0, 0));
    assertThat(edge.age()).isEqualTo(state.edgeAge(0, 0));
  }

  @Test
  void get_json_isAsDescribed() throws Exception {
    here.put("ann", found(null));

    HttpResponse<String> response = get(one, "ann", READER);

    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body())
        .isEqualTo(
            "{\"person\":\"ann\",\"generation\":3,\"modelVersion\":\"pk-1\",\"seededFrames\":1,"
                + "\"seedingFrames\":25,\"framesPerceived\":1234567890123,\"waitingFrames\":2,"
                + "\"capacity\":300,\"neurons\":[],\"edges\":[],\"taught\":[]}");
    PersonMemory memory =
        new PersonMemory(
            "b",
            0,
            "",
            0,
            0,
            0,
            0,
            2,
            List.of(new PersonMemory.Neuron(7, 0.5f, -1, 1, new float[] {0.1f, -2})),
            List.of(new PersonMemory.Edge(7, 9, 3)),
            List.of(new PersonMemory.Taught("t1", false, 0.5f, -0.5f, 1, 17)));
    assertThat(new String(memory.toJson(), StandardCharsets.UTF_8))
        .endsWith(
            "\"neurons\":[{\"id\":7,\"arousal\":0.5,\"valence\":-1.0,\"habituation\":1.0,"
                + "\"weights\":[0.1,-2.0]}],\"edges\":[[7,9,3]],"
                + "\"taught\":[{\"id\":\"t1\",\"neutral\":false,\"arousal\":0.5,"
                + "\"valence\":-0.5,\"faces\":1,\"seenAt\":17}]}");
  }

  @Test
  void get_personIsElsewhere_thatInstanceIsAsked() throws Exception {
    here.put("ann", new QueryAnswer.Elsewhere("127.0.0.1", two.port()));
    there.put("ann", found(seeded()));

    assertThat(memory(one, "ann")).usingRecursiveComparison().isEqualTo(memory(two, "ann"));
  }

  /** A member of the group tells an address of its own. */
  @Test
  void get_ownerIsSomebodyElse_getsNoTokenAndWhatItGetsOpensNobodyElse() throws Exception {
    List<String> headers = new CopyOnWriteArrayList<>();
    WebServer thief =
        WebServer.start(
            "a thief",
            WebConfig.local(0),
            javalin ->
                javalin.routes.get(
                    MemoryAddress.PATH,
                    request -> {
                      request.headerMap().forEach((name, value) -> headers.add(name + "=" + value));
                      request.status(404);
                    }));
    servers.add(thief);
    here.put("ann", new QueryAnswer.Elsewhere("127.0.0.1", thief.port()));
    there.put("ann", found(seeded()));
    there.put("bob", found(seeded()));

    get(one, "ann", READER);

    assertThat(headers).isNotEmpty().noneMatch(header -> header.contains("reader-0123456789"));
    String proof =
        headers.stream()
            .filter(header -> header.startsWith(InstanceProof.HEADER + "="))
            .findFirst()
            .orElseThrow()
            .substring(InstanceProof.HEADER.length() + 1);
    assertThat(prove(two, "ann", proof).statusCode()).isEqualTo(200);
    assertRefused(prove(two, "bob", proof), 403, "forbidden");
    nowMillis.addAndGet(30_001);
    assertRefused(prove(two, "ann", proof), 403, "forbidden");
  }

  @Test
  void get_proofThatIsNone_isRefused() throws Exception {
    there.put("ann", found(seeded()));

    for (String proof : List.of("", ":", "1000000", "1000000:", "x:00", "1000000:00")) {
      assertRefused(prove(two, "ann", proof), 403, "forbidden");
    }
  }

  @Test
  void get_instancesWithoutASecretOrWithAnother_askOneAnotherInVainAndSaySo() throws Exception {
    AccessTokens tokens = AccessTokens.read(folder.resolve("access.json"));
    DeploymentSecret other = DeploymentSecret.readOrMake(folder.resolve("other"));
    there.put("ann", found(seeded()));
    here.put("ann", new QueryAnswer.Elsewhere("127.0.0.1", two.port()));

    HttpResponse<String> without = get(server(tokens, here, null), "ann", READER);
    HttpResponse<String> wrong =
        get(server(tokens, here, new InstanceProof(other, clock)), "ann", READER);

    assertRefused(without, 503, "memory_unavailable");
    assertThat(without.body()).contains("--secret");
    assertRefused(wrong, 503, "memory_unavailable");
    assertThat(wrong.body()).contains("has another --secret");
  }

  @Test
  void get_anyAnswer_isNotToBeStored() throws Exception {
    here.put("ann", found(null));

    for (HttpResponse<String> response : List.of(get(one, "ann", READER), get(one, "b", null))) {
      assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
  }

  @Test
  void start_plainTextBeyondThisMachine_isRefusedUnlessAllowed() {
    AccessTokens tokens = AccessTokens.single("0123456789abcdef");
    MemoryRoutes routes =
        new MemoryRoutes(
            tokens, person -> new QueryAnswer.Unknown(), false, null, Pseudonyms.none());

    assertThatThrownBy(() -> MemoriesServer.start(new WebConfig("0.0.0.0", 0, null, false), routes))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("without TLS");
    servers.add(MemoriesServer.start(new WebConfig("0.0.0.0", 0, null, true), routes));
  }

  private static HttpResponse<String> prove(WebServer server, String person, String proof)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%d/v1/people/%s/memory".formatted(server.port(), person)))
                .header(InstanceProof.HEADER, proof)
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void get_ownerDoesNotKnowThePersonEither_isUnknown() throws Exception {
    here.put("ann", new QueryAnswer.Elsewhere("127.0.0.1", two.port()));

    assertRefused(get(one, "ann", READER), 404, "unknown_person");
    assertThat(remote(one).memory("ann", READER)).isEqualTo(MemoryAnswer.unknown());
  }

  @Test
  void get_eachSaysThatTheOtherHasThePerson_isSentOnOnceOnly() throws Exception {
    here.put("ann", new QueryAnswer.Elsewhere("127.0.0.1", two.port()));
    there.put("ann", new QueryAnswer.Elsewhere("127.0.0.1", one.port()));

    HttpResponse<String> response = get(one, "ann", READER);

    assertRefused(response, 503, "memory_unavailable");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(reason(remote(one).memory("ann", READER))).isEqualTo(Reason.RESTORING);
  }

  @Test
  void get_ownerIsGone_isUnavailable() throws Exception {
    here.put("ann", new QueryAnswer.Elsewhere("127.0.0.1", two.port()));
    two.close();

    assertRefused(get(one, "ann", READER), 503, "memory_unavailable");
  }

  @Test
  void get_restoring_isUnavailable() throws Exception {
    here.put("ann", new QueryAnswer.Unavailable("it is being restored"));

    HttpResponse<String> response = get(one, "ann", READER);

    assertRefused(response, 503, "memory_unavailable");
    assertThat(response.body()).contains("it is being restored");
  }

  @Test
  void get_withoutTheRight_isRefused() throws Exception {
    here.put("ann", found(seeded()));
    here.put("bob", found(seeded()));

    assertRefused(get(one, "ann", null), 401, "unauthorized");
    assertRefused(get(one, "ann", "Bearer nobody-0123456789"), 401, "unauthorized");
    assertRefused(get(one, "ann", PUBLISHER), 403, "forbidden");
    assertThat(get(one, "bob", PUBLISHER).statusCode()).isEqualTo(200);
    assertThat(remote(one).memory("ann", PUBLISHER)).isEqualTo(MemoryAnswer.refused());
    assertThat(remote(one).memory("ann", null)).isEqualTo(MemoryAnswer.refused());
  }

  @Test
  void remoteMemories_nameOfAnyLetters_arrives() {
    there.put("Jörg / 7%+?", found(seeded()));
    here.put("Jörg / 7%+?", new QueryAnswer.Elsewhere("127.0.0.1", two.port()));

    assertThat(remote(one).memory("Jörg / 7%+?", READER)).isInstanceOf(Found.class);
  }

  @Test
  void remoteMemories_nobodyOrSomebodyElseAnswers_isUnreachable() {
    WebServer other = WebServer.start("another", WebConfig.local(0), javalin -> {});
    servers.add(other);
    assertThat(remote(other).memory("ann", READER))
        .isInstanceOfSatisfying(
            Missing.class,
            it -> {
              assertThat(it.reason()).isEqualTo(Reason.TOPOLOGY_UNAVAILABLE);
              assertThat(it.message()).contains("it says 404").doesNotContain("ann");
            });
    RemoteMemories gone = remote(other);
    other.close();
    assertThat(gone.memory("ann", READER))
        .isInstanceOfSatisfying(
            Missing.class,
            it -> {
              assertThat(it.reason()).isEqualTo(Reason.TOPOLOGY_UNAVAILABLE);
              assertThat(it.message()).contains("no topology answers at http://127.0.0.1:");
            });
  }

  @Test
  void remoteMemories_addressThatIsNone_isRefusedAtOnce() {
    for (String address :
        List.of("localhost:9101", "ftp://localhost:9101", "http:///x", "http://")) {
      assertThatThrownBy(() -> RemoteMemories.at(address))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("http://HOST:PORT");
    }
  }

  @Test
  void localMemories_answerOfTheStream_isPassedOn() {
    here.put("ann", found(seeded()));
    here.put("bob", new QueryAnswer.Unavailable("it is being restored"));
    LocalMemories local =
        new LocalMemories(person -> here.getOrDefault(person, new QueryAnswer.Unknown()));

    assertThat(local.memory("ann", null)).isInstanceOf(Found.class);
    assertThat(local.memory("bob", null)).isEqualTo(MemoryAnswer.restoring("it is being restored"));
    assertThat(local.memory("cid", null)).isEqualTo(MemoryAnswer.unknown());
  }

  private static QueryAnswer found(@Nullable MemoryState state) {
    MemoryConfig config = MemoryConfig.standard().toBuilder().capacity(300).build();
    return new QueryAnswer.Found(
        new StoredMemory(
            PersonHasher.plain().of("ann"),
            "pk-1",
            3,
            1,
            1234567890123L,
            state == null ? 0 : state.size(),
            2,
            5L,
            state,
            null,
            null,
            new PersonLook()),
        new StoredSettings("pk-1", 25, MemoryParameters.of(config), ""));
  }

  private static MemoryState seeded() {
    MemoryConfig config =
        MemoryConfig.standard().toBuilder().dimensions(MemoryConfig.dimensionsFor(4)).build();
    MemoryState state = new MemoryState(config.dimensions());
    float[] z = new float[40 * 4];
    float[] y = new float[40 * 2];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) Math.sin(i * 1.7);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) Math.cos(i * 0.9);
    }
    new AffectiveMemory(config).seed(state, z, y, y);
    return state;
  }

  private static RemoteMemories remote(WebServer server) {
    return RemoteMemories.at("http://127.0.0.1:" + server.port());
  }

  private static PersonMemory memory(WebServer server, String person) {
    return ((Found<PersonMemory>) remote(server).memory(person, READER)).value();
  }

  private static HttpResponse<String> get(
      WebServer server, String person, @Nullable String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/v1/people/%s/memory".formatted(server.port(), person)));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static void assertRefused(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"error\":\"" + code + "\",\"message\":\"");
  }

  private static Reason reason(MemoryAnswer<?> answer) {
    return ((Missing<?>) answer).reason();
  }
}
