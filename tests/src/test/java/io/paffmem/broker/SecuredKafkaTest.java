package io.paffmem.broker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.chain.PngFaces;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.DeadLetterBox;
import io.paffmem.cluster.PersonCommands;
import io.paffmem.dashboard.Dashboard;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.memory.NoMemories;
import io.paffmem.ingest.gateway.Gateway;
import io.paffmem.ingest.gateway.GatewayConfig;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.FlowTopics;
import io.paffmem.schemas.Topics;
import io.paffmem.stage.ModelServer;
import io.paffmem.stage.ModelServerConfig;
import io.paffmem.start.StartException;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.web.WebConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every stage on a broker that encrypts, asks who it is, and lets each do what {@code acls.txt}
 * says and no more.
 */
@Tag("broker")
@Tag("model")
final class SecuredKafkaTest {
  private static final Path ACLS = Path.of("..", "src", "operations", "kafka", "acls.txt");
  private static final String TOKEN = "a token of this test";
  private static final String STORE_PASSWORD = "changeit";
  private static final String SECURE = "SECURE";
  private static final int LOOKS = 600;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private String certificate = "";
  private String servers = "";

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void stages_eachWithItsOwnRightsOverTls_workAndDoNothingElse() throws Exception {
    KafkaExits.disarm();
    makeCertificate();
    try (BrokerFolder data = BrokerFolder.open(folder.resolve("data"))) {
      data.format(BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER);
      LoopbackPorts ports = LoopbackPorts.find(0);
      BrokerSecret secret = BrokerSecret.draw();
      OneNodeServer server = new OneNodeServer(properties(data, ports, secret));
      server.startup();
      try {
        Map<String, Object> superuser = new HashMap<>(secret.clientProperties());
        superuser.put("bootstrap.servers", LoopbackPorts.HOST + ":" + ports.client());
        prepare(superuser);
        runTheStages();
        tryWhatIsForbidden();
      } finally {
        server.shutdown();
      }
    }
  }

  private Map<String, String> properties(
      BrokerFolder data, LoopbackPorts ports, BrokerSecret secret) {
    Map<String, String> all = new HashMap<>(BrokerProperties.of(data.logs(), ports, secret));
    servers = LoopbackPorts.HOST + ":" + LoopbackPorts.find(0).client();
    all.merge("listeners", SECURE + "://" + servers, (old, more) -> old + "," + more);
    all.merge("advertised.listeners", SECURE + "://" + servers, (old, more) -> old + "," + more);
    all.merge(
        "listener.security.protocol.map", SECURE + ":SASL_SSL", (old, more) -> old + "," + more);
    String listener = "listener.name." + SECURE.toLowerCase(Locale.ROOT) + ".";
    all.put(
        listener + "scram-sha-256.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    all.put(listener + "ssl.keystore.location", folder.resolve("keystore.p12").toString());
    all.put(listener + "ssl.keystore.type", "PKCS12");
    all.put(listener + "ssl.keystore.password", STORE_PASSWORD);
    all.put(listener + "ssl.key.password", STORE_PASSWORD);
    return all;
  }

  /** Users, their rights from the file, and the topics. */
  private void prepare(Map<String, Object> superuser) throws Exception {
    List<AclBinding> bindings = new ArrayList<>();
    Set<String> users = new TreeSet<>();
    for (String line : Files.readAllLines(ACLS)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.strip().split("\\s+", -1);
        users.add(words[0]);
        for (String operation : words[1].split(",", -1)) {
          bindings.add(binding(words[0], operation, words[2], words[3]));
        }
      }
    }
    assertThat(users)
        .containsExactly("dashboard", "gateway", "model-server", "operator", "topology");
    List<UserScramCredentialAlteration> credentials = new ArrayList<>();
    for (String user : users) {
      credentials.add(
          new UserScramCredentialUpsertion(
              user,
              new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
              password(user).getBytes(UTF_8)));
    }
    try (Admin admin = Admin.create(superuser)) {
      admin.alterUserScramCredentials(credentials).all().get();
      admin.createAcls(bindings).all().get();
      new FlowTopics(admin).createMissing(2, (short) 1);
    }
  }

  private static AclBinding binding(String user, String operation, String kind, String name) {
    boolean isPrefix = name.length() > 1 && name.endsWith("*");
    return new AclBinding(
        new ResourcePattern(
            ResourceType.fromString(kind.replace('-', '_')),
            isPrefix ? name.substring(0, name.length() - 1) : name,
            isPrefix ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + user,
            "*",
            AclOperation.fromString(operation.replace("DescribeConfigs", "describe_configs")),
            AclPermissionType.ALLOW));
  }

  private Map<String, String> client(String user, String password) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "SCRAM-SHA-256",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.certificates",
        certificate);
  }

  private Cluster cluster(String user) {
    return Cluster.withoutRegistry(servers, client(user, password(user)));
  }

  private static String password(String user) {
    return user + "'s password";
  }

  private void runTheStages() throws Exception {
    AccessTokens tokens = AccessTokens.single(TOKEN);
    try (SavedModelPrior prior = SavedModelPrior.bundled(Device.CPU);
        TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(prior.imageSize());
        Cluster forModel = cluster("model-server");
        Cluster forTopology = cluster("topology");
        Cluster forGateway = cluster("gateway");
        Cluster forDashboard = cluster("dashboard");
        Cluster forOperator = cluster("operator");
        ModelServer model =
            new ModelServer(
                ModelServerConfig.at(servers, "1").on(forModel.clientProperties(), false),
                prior,
                null,
                decoder,
                forModel.serdes(),
                new SimpleMeterRegistry());
        AffectiveStream stream =
            new AffectiveStream(
                TopologyConfig.standard(prior.modelVersion(), forTopology.checkTopics()),
                forTopology.stream(folder.resolve("state")),
                forTopology.serdes());
        Gateway gateway =
            Gateway.start(
                GatewayConfig.local(0),
                tokens,
                forGateway.client(),
                forGateway.serdes(),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        Dashboard dashboard =
            Dashboard.start(
                DashboardConfig.standard(WebConfig.local(0)),
                tokens,
                forDashboard,
                new NoMemories(),
                Clock.systemUTC(),
                new SimpleMeterRegistry())) {
      forModel.checkTopics();
      forGateway.checkTopics();
      model.start();
      stream.start();
      URI people = URI.create(dashboard.address() + "/v1/people/ann");
      URI frames =
          URI.create(
              gateway.address() + "/v1/people/ann/frames?picture=face&consent=form-1&stream=s");

      await(() -> send("POST", frames, face()), answer -> answer.body().contains("accepted"));
      await(() -> send("GET", people, new byte[0]), answer -> answer.statusCode() == 200);
      HttpResponse<String> forgotten = send("DELETE", people, new byte[0]);
      assertThat(forgotten.body()).contains("FORGOTTEN", "\"topic\":\"frames\"");

      try (PersonCommands commands = new PersonCommands(forOperator, Duration.ofSeconds(60))) {
        assertThat(commands.block("ann", "form-1", true).getProblem()).isNull();
      }
      await(
          () -> send("POST", frames, face()),
          answer -> answer.body().contains("consent_withdrawn"));
      try (Producer<byte[], byte[]> producer =
          new KafkaProducer<>(
              forOperator.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
        var letter = new ConsumerRecord<>(Topics.FRAMES, 0, 0, "eve".getBytes(UTF_8), new byte[9]);
        var unused = producer.send(DeadLetters.of(letter, "encode", "not_avro")).get();
      }
      assertThat(new DeadLetterBox(forOperator).sendBack(any -> true).sent()).isEqualTo(1);
      assertThat(model.failure()).isEmpty();
      assertThat(stream.failure()).isEmpty();
    }
  }

  private void tryWhatIsForbidden() throws Exception {
    assertThatThrownBy(() -> Cluster.withoutRegistry(servers, client("gateway", "a guess")))
        .isInstanceOf(StartException.class);
    assertThatThrownBy(() -> Cluster.withoutRegistry(servers, Map.of()))
        .isInstanceOf(StartException.class);
    try (Cluster gateway = cluster("gateway");
        var consumer = gateway.observer()) {
      consumer.assign(List.of(new TopicPartition(Topics.EMOTIONS, 0)));
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
          .isInstanceOf(TopicAuthorizationException.class);
    }
    for (String[] attempt :
        new String[][] {
          {"gateway", Topics.PERSON_COMMANDS},
          {"dashboard", Topics.FRAMES},
          {"dashboard", Topics.PERSON_BLOCKS},
          {"model-server", Topics.EMOTIONS},
          {"topology", Topics.FRAMES},
          {"operator", Topics.PERSON_BLOCKS}
        }) {
      try (Cluster cluster = cluster(attempt[0]);
          var producer =
              new KafkaProducer<>(
                  cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>(attempt[1], new byte[1])).get())
            .as("%s writes to %s", attempt[0], attempt[1])
            .hasCauseInstanceOf(TopicAuthorizationException.class);
      }
    }
  }

  private interface Attempt {
    HttpResponse<String> make() throws IOException, InterruptedException;
  }

  private static void await(Attempt attempt, Predicate<HttpResponse<String>> wished)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = attempt.make();
    for (int i = 0; i < LOOKS && !wished.test(answer); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      answer = attempt.make();
    }
    assertThat(answer).as(answer.body()).matches(wished);
  }

  private HttpResponse<String> send(String method, URI address, byte[] body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + TOKEN)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static byte[] face() throws IOException {
    SyntheticVideo video =
        new SyntheticVideo(
            new SyntheticPeople(1).heldOut(0), 1, new SyntheticVideo.Format(96, 96, 25, 1));
    return PngFaces.of(video.faceCrop(0));
  }

  private void makeCertificate() throws Exception {
    Path keystore = folder.resolve("keystore.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-storetype",
        "PKCS12",
        "-storepass",
        STORE_PASSWORD,
        "-keystore",
        keystore.toString());
    Path pem = folder.resolve("broker.pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "broker",
        "-storepass",
        STORE_PASSWORD,
        "-keystore",
        keystore.toString(),
        "-file",
        pem.toString());
    certificate = Files.readString(pem, US_ASCII);
  }

  private void keytool(String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(args));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
  }
}
