package io.paffmem.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.paffmem.app.Paffmem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The chart by Helm's own code, against what the commands, the image and the alerts say. */
final class HelmChartTest {
  private static final Path OPERATIONS = Path.of("..", "src", "operations");
  private static final String COMPONENT = "app.kubernetes.io/component";
  private static final Set<String> STAGES =
      Set.of("model-server", "topology", "gateway", "dashboard");

  @Test
  void lint_strict_findsNoMistake() {
    LintResult result = new Helm(HelmChart.FOLDER).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages()).allMatch(message -> message.startsWith("[INFO]"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void objects_readAsTheirKinds_haveNoFieldThatTheseLack(HelmChart chart) {
    Set<String> names = new HashSet<>();
    for (JsonNode object : chart.objects()) {
      HelmChart.read(object);
      String name =
          object.path("kind").asText() + " " + object.path("metadata").path("name").asText();
      assertThat(names.add(name)).as("%s is there once", name).isTrue();
      assertThat(object.path("metadata").path("namespace").asText()).isEqualTo("faces");
    }

    assertThat(names).hasSizeGreaterThan(15);
  }

  @Test
  void read_fieldThatIsNone_refused() {
    JsonNode deployment = HelmChart.plain().ofKind("Deployment").get(0);
    ((ObjectNode) deployment.path("spec").path("template").path("spec")).put("restartPolice", "no");

    assertThatThrownBy(() -> HelmChart.read(deployment)).hasMessageContaining("restartPolice");
  }

  @ParameterizedTest
  @MethodSource("all")
  void arguments_ofEveryContainer_areTakenByItsCommand(HelmChart chart) {
    Set<String> stages = new TreeSet<>();
    for (PodTemplateSpec pod : commands(chart)) {
      String component = component(pod);
      stages.add(component);

      ParseResult parsed = parsed(pod);

      assertThat(names(parsed)).startsWith("paffmem", component);
      assertThat(last(parsed).hasMatchedOption("--bootstrap-servers")).isTrue();
      assertThat(last(parsed).hasMatchedOption("--schema-registry")).isTrue();
    }

    assertThat(stages).containsAll(STAGES).contains("topics").hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("all")
  void environment_ofEveryContainer_isKnown(HelmChart chart) throws IOException {
    String image = Files.readString(Path.of("..", "src", "Dockerfile"));
    for (PodTemplateSpec pod : chart.pods()) {
      // Of the operator's pod, what a command takes that is run in it.
      ParseResult command =
          component(pod).equals("operator")
              ? last(commandLine().parseArgs("memory", "forget", "ann"))
              : last(parsed(pod));
      for (EnvVar variable : container(pod).getEnv()) {
        String name = variable.getName();
        if (name.startsWith("PAFFMEM_") && !name.startsWith("PAFFMEM_LOG_")) {
          String option =
              "--" + name.substring("PAFFMEM_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
          assertThat(command.commandSpec().findOption(option)).as(name).isNotNull();
        }
        if (name.equals("JDK_JAVA_OPTIONS")) {
          assertThat(variable.getValue().replaceFirst("-Xmx\\w+", "-Xmx1g"))
              .startsWith(found(image, "JDK_JAVA_OPTIONS=\"([^\"]*)\""));
        }
      }
      // Otherwise a service gives it PAFFMEM_..._PORT, which would be taken for an option.
      assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
      assertThat(pod.getSpec().getSecurityContext().getRunAsUser())
          .isEqualTo(Long.parseLong(found(image, "USER (\\d+)")));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void ports_ofEveryContainer_areWhereItsStageListens(HelmChart chart) {
    for (PodTemplateSpec pod : stages(chart)) {
      ParseResult command = last(parsed(pod));
      for (ContainerPort port : container(pod).getPorts()) {
        String option =
            switch (port.getName()) {
              case "operations" -> "--operations-port";
              case "memories" -> "--memories-port";
              default -> "--port";
            };
        assertThat(Integer.parseInt(text(command, option)))
            .as("%s of %s", port.getName(), component(pod))
            .isEqualTo(port.getContainerPort());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void services_policiesAndBudgets_leadToPodsWithTheirPorts(HelmChart chart) {
    for (Service service : chart.ofKind(Service.class)) {
      Set<String> ports = portsOfPods(chart, service.getSpec().getSelector());
      for (ServicePort port : service.getSpec().getPorts()) {
        assertThat(ports).contains(port.getTargetPort().getStrVal());
      }
    }
    for (NetworkPolicy policy : chart.ofKind(NetworkPolicy.class)) {
      Set<String> ports = portsOfPods(chart, policy.getSpec().getPodSelector().getMatchLabels());
      policy.getSpec().getIngress().stream()
          .flatMap(rule -> rule.getPorts().stream())
          .forEach(port -> assertThat(ports).contains(port.getPort().getStrVal()));
    }
    List<PodDisruptionBudget> budgets = chart.ofKind(PodDisruptionBudget.class);
    assertThat(budgets).hasSize(STAGES.size());
    for (PodDisruptionBudget budget : budgets) {
      assertThat(portsOfPods(chart, budget.getSpec().getSelector().getMatchLabels())).isNotEmpty();
    }
    Set<String> sets = new HashSet<>();
    chart.ofKind(StatefulSet.class).forEach(set -> sets.add(set.getMetadata().getName()));
    Stream.concat(
            chart.ofKind("HorizontalPodAutoscaler").stream(), chart.ofKind("ScaledObject").stream())
        .map(scaler -> scaler.path("spec").path("scaleTargetRef").path("name").asText())
        .forEach(target -> assertThat(sets).contains(target));
  }

  @ParameterizedTest
  @MethodSource("all")
  void policies_ofMemoriesAndPeople_letNobodyElseIn(HelmChart chart) {
    for (NetworkPolicy policy : chart.ofKind(NetworkPolicy.class)) {
      for (NetworkPolicyIngressRule rule : policy.getSpec().getIngress()) {
        // A rule without peers, or a peer without a selector, is everybody.
        assertThat(rule.getFrom())
            .isNotEmpty()
            .allMatch(
                peer ->
                    Stream.of(peer.getPodSelector(), peer.getNamespaceSelector())
                        .anyMatch(some -> some != null && some.getMatchLabels() != null));
      }
    }
    NetworkPolicy topology =
        chart.ofKind(NetworkPolicy.class).stream()
            .filter(policy -> policy.getMetadata().getName().endsWith("-topology"))
            .findFirst()
            .orElseThrow();
    Set<String> asking = new TreeSet<>();
    topology.getSpec().getIngress().stream()
        .filter(rule -> rule.getPorts().get(0).getPort().getStrVal().equals("memories"))
        .flatMap(rule -> rule.getFrom().stream())
        .forEach(
            peer ->
                asking.add(
                    peer.getPodSelector().getMatchLabels().getOrDefault(COMPONENT, "reader")));

    assertThat(asking)
        .contains("dashboard", "topology")
        .isSubsetOf("dashboard", "topology", "reader");
  }

  @ParameterizedTest
  @MethodSource("all")
  void addresses_betweenStages_areOfServicesThatAreThere(HelmChart chart) {
    String asked = text(last(parsed(pod(chart, "dashboard"))), "--topology");
    String told = text(last(parsed(pod(chart, "topology"))), "--memories-advertise");
    boolean encrypts = last(parsed(pod(chart, "topology"))).hasMatchedOption("--tls-keystore");

    assertThat(asked).startsWith(encrypts ? "https://" : "http://");
    assertThat(portOf(chart, asked.replaceFirst("https?://", ""))).isEqualTo("memories");
    assertThat(told).startsWith("$(POD_NAME).");
    assertThat(portOf(chart, told.replace("$(POD_NAME).", ""))).isEqualTo("memories");
  }

  @ParameterizedTest
  @MethodSource("all")
  void probes_ofEveryStage_askWhatItAnswers(HelmChart chart) {
    for (PodTemplateSpec pod : stages(chart)) {
      Container container = container(pod);
      String served =
          String.join(
              " ", last(parsed(pod)).commandSpec().findOption("--operations-port").description());

      assertThat(paths(container.getStartupProbe(), container.getLivenessProbe()))
          .containsExactly("/health/live operations", "/health/live operations");
      assertThat(paths(container.getReadinessProbe())).containsExactly("/health/ready operations");
      assertThat(served).contains("/health/live", "/health/ready", "/metrics");
      // A stage ends within ten seconds, or is made to.
      assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(15);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void pods_ofEveryKind_haveNoRightsThatTheyDoNotNeed(HelmChart chart) {
    for (PodTemplateSpec pod : chart.pods()) {
      PodSpec spec = pod.getSpec();
      assertThat(spec.getAutomountServiceAccountToken()).isFalse();
      assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(spec.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
          .forEach(
              container -> {
                var rights = container.getSecurityContext();
                assertThat(rights.getReadOnlyRootFilesystem()).isTrue();
                assertThat(rights.getAllowPrivilegeEscalation()).isFalse();
                assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKey("memory");
              });
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void files_thatOptionsName_areInVolumes(HelmChart chart) {
    for (PodTemplateSpec pod : commands(chart)) {
      ParseResult command = last(parsed(pod));
      for (String option : List.of("--access", "--tls-keystore", "--state")) {
        if (command.hasMatchedOption(option)) {
          assertThat(volumeOf(pod, text(command, option)).getEmptyDir()).as(option).isNull();
        }
      }
      for (String option : List.of("--secret", "--kafka-settings")) {
        if (command.hasMatchedOption(option)) {
          // What others may read is refused, and a mounted secret's group may.
          String file = text(command, option);
          Container copying = pod.getSpec().getInitContainers().get(0);
          assertThat(volumeOf(pod, file).getEmptyDir().getMedium()).isEqualTo("Memory");
          assertThat(copying.getCommand())
              .contains("--mode=0600", "--target-directory=" + Path.of(file).getParent())
              .contains("/etc/paffmem/mounted/" + Path.of(file).getFileName());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void deploymentSecret_ofGatewayDashboardAndTopology_isOne(HelmChart chart) {
    Set<String> secrets = new HashSet<>();
    for (String stage : List.of("gateway", "dashboard", "topology")) {
      PodTemplateSpec pod = pod(chart, stage);
      assertThat(last(parsed(pod)).hasMatchedOption("--secret")).isTrue();
      pod.getSpec().getVolumes().stream()
          .filter(volume -> volume.getName().equals("mounted"))
          .flatMap(volume -> volume.getProjected().getSources().stream())
          .map(source -> source.getSecret())
          .filter(secret -> secret.getItems().get(0).getPath().equals("secret"))
          .forEach(secret -> secrets.add(secret.getName()));
    }

    assertThat(secrets).containsExactly("paffmem-secret");
  }

  @Test
  void alerts_inTheChart_areThoseOfPrometheus() throws IOException {
    HelmChart chart = HelmChart.everything();
    String text = Files.readString(OPERATIONS.resolve("prometheus/alerts.yml"));
    JsonNode alerts = HelmChart.documents(text).get(0);

    assertThat(chart.ofKind("PrometheusRule").get(0).path("spec")).isEqualTo(alerts);

    // The alerts name the stages by what the monitor makes of the services' labels.
    Set<String> jobs = new TreeSet<>();
    String label = chart.ofKind("ServiceMonitor").get(0).path("spec").path("jobLabel").asText();
    for (Service service : chart.ofKind(Service.class)) {
      String job = service.getMetadata().getLabels().get(label);
      if (job != null) {
        jobs.add(job);
        assertThat(service.getSpec().getPorts())
            .extracting(ServicePort::getName)
            .contains("operations");
      }
    }
    assertThat(jobs).hasSize(STAGES.size());
    Matcher named = Pattern.compile("job=\"([^\"]+)\"").matcher(text);
    while (named.find()) {
      assertThat(jobs).contains(named.group(1));
    }
  }

  @Test
  void autoscaling_byKeda_asksForMetricsThatAlertsAskForToo() throws IOException {
    // Another test looks up all metrics of the alerts on a running process.
    String alerts = Files.readString(OPERATIONS.resolve("prometheus/alerts.yml"));
    List<JsonNode> scaled = HelmChart.withKeda().ofKind("ScaledObject");

    assertThat(scaled).hasSize(2);
    for (JsonNode one : scaled) {
      String query =
          one.path("spec").path("triggers").path(0).path("metadata").path("query").asText();
      assertThat(alerts).contains(found(query, "(kafka_\\w+)\\{"));
      assertThat(query).containsPattern("topic=\"(frames|embeddings)\"");
    }
  }

  @Test
  void dashboard_ofGrafana_asksTheSourceThatIsNamed() throws IOException {
    JsonNode map = HelmChart.everything().ofKind("ConfigMap").get(0);
    String dashboard = map.path("data").path("paffmem.json").asText();

    assertThat(HelmChart.documents(dashboard).get(0).path("panels")).isNotEmpty();
    assertThat(dashboard).contains("\"ours\"").doesNotContain("paffmem-prometheus");
  }

  @Test
  void version_ofTheChart_isTheProjects() throws IOException {
    JsonNode chart =
        HelmChart.documents(Files.readString(HelmChart.FOLDER.resolve("Chart.yaml"))).get(0);
    String version = new CommandLine(new Paffmem()).getCommandSpec().version()[0];

    assertThat("paffmem " + chart.path("version").asText()).isEqualTo(version);
    assertThat("paffmem " + chart.path("appVersion").asText()).isEqualTo(version);
  }

  @Test
  void values_thatCannotWork_refused() {
    assertRefused(Map.of("topolgy.replicas", 2), "topolgy");
    assertRefused(Map.of("guard", "of"), "guard");
    assertRefused(Map.of("modelServer.replicas", 7), "never ready");
    assertRefused(Map.of("topology.replicas", 13), "never ready");
    assertRefused(Map.of("kafka.bootstrapServers", ""), "name your brokers");
    assertRefused(Map.of("schemaRegistry", ""), "name your schema registry");
  }

  @Test
  void rights_inTheExampleOfStrimzi_areThoseOfTheStages() throws IOException {
    Path kafka = OPERATIONS.resolve("kafka");
    Set<String> wanted = new TreeSet<>();
    for (String line : Files.readAllLines(kafka.resolve("acls.txt"))) {
      String[] part = line.strip().split("\\s+", -1);
      if (part.length == 4 && !line.startsWith("#")) {
        for (String operation : part[1].split(",", -1)) {
          wanted.add(
              "paffmem-%s %s %s %s"
                  .formatted(part[0], operation, part[2].replace("-id", "Id"), part[3]));
        }
      }
    }
    Set<String> given = new TreeSet<>();
    for (JsonNode user : HelmChart.documents(Files.readString(kafka.resolve("strimzi.yaml")))) {
      String name = user.path("metadata").path("name").asText();
      // Only it creates the topics, and it is nobody's stage.
      if (!name.equals("paffmem-topics")) {
        for (JsonNode right : user.path("spec").path("authorization").path("acls")) {
          JsonNode resource = right.path("resource");
          boolean prefix = resource.path("patternType").asText().equals("prefix");
          for (JsonNode operation : right.path("operations")) {
            given.add(
                "%s %s %s %s%s"
                    .formatted(
                        name,
                        operation.asText(),
                        resource.path("type").asText(),
                        resource.path("name").asText(),
                        prefix ? "*" : ""));
          }
        }
      }
    }

    assertThat(wanted).hasSizeGreaterThan(40);
    assertThat(given).isEqualTo(wanted);
  }

  private static Stream<HelmChart> all() {
    return HelmChart.all();
  }

  private static void assertRefused(Map<String, Object> values, String why) {
    var command =
        HelmChart.command()
            .set("kafka.bootstrapServers", "kafka:9092")
            .set("schemaRegistry", "http://registry:8080");
    values.forEach(command::set);

    assertThatThrownBy(command::call).hasMessageContaining(why);
  }

  private static ParseResult parsed(PodTemplateSpec pod) {
    return commandLine().parseArgs(container(pod).getArgs().toArray(String[]::new));
  }

  private static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Paffmem());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    return commandLine;
  }

  private static ParseResult last(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last;
  }

  private static List<String> names(ParseResult parsed) {
    return parsed.asCommandLineList().stream().map(CommandLine::getCommandName).toList();
  }

  /** What stands behind an option; empty if it is not there. */
  private static String text(ParseResult command, String option) {
    return command.hasMatchedOption(option)
        ? command.matchedOption(option).stringValues().get(0)
        : "";
  }

  private static String component(PodTemplateSpec pod) {
    return String.valueOf(pod.getMetadata().getLabels().get(COMPONENT));
  }

  private static Container container(PodTemplateSpec pod) {
    assertThat(pod.getSpec().getContainers()).hasSize(1);
    return pod.getSpec().getContainers().get(0);
  }

  private static PodTemplateSpec pod(HelmChart chart, String stage) {
    return chart.pods().stream()
        .filter(pod -> component(pod).equals(stage))
        .findFirst()
        .orElseThrow();
  }

  /** The pods of what is started by the chart. */
  private static List<PodTemplateSpec> commands(HelmChart chart) {
    return chart.pods().stream().filter(pod -> !component(pod).equals("operator")).toList();
  }

  /** The pods of what keeps running. */
  private static List<PodTemplateSpec> stages(HelmChart chart) {
    List<PodTemplateSpec> stages =
        chart.pods().stream().filter(pod -> STAGES.contains(component(pod))).toList();
    assertThat(stages).hasSize(STAGES.size());
    return stages;
  }

  private static Set<String> portsOfPods(HelmChart chart, Map<String, String> selector) {
    Set<String> ports = new TreeSet<>();
    assertThat(selector).containsKey(COMPONENT);
    for (PodTemplateSpec pod : chart.pods()) {
      if (pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet())) {
        container(pod).getPorts().forEach(port -> ports.add(port.getName()));
      }
    }
    return ports;
  }

  /** The name of the port that {@code SERVICE.NAMESPACE.svc:PORT} is. */
  private static String portOf(HelmChart chart, String address) {
    Service found =
        chart.ofKind(Service.class).stream()
            .filter(service -> address.startsWith(service.getMetadata().getName() + ".faces.svc:"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no service of " + address));
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    return found.getSpec().getPorts().stream()
        .filter(one -> one.getPort() == port)
        .findFirst()
        .orElseThrow()
        .getName();
  }

  private static List<String> paths(Probe... probes) {
    return Stream.of(probes)
        .map(Probe::getHttpGet)
        .map(asked -> asked.getPath() + " " + asked.getPort().getStrVal())
        .toList();
  }

  private static Volume volumeOf(PodTemplateSpec pod, String file) {
    VolumeMount mount =
        container(pod).getVolumeMounts().stream()
            .filter(some -> Path.of(file).startsWith(some.getMountPath()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(file + " is in no volume"));
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(mount.getName()))
        .findFirst()
        .orElseGet(
            () -> {
              // Of a stateful set, each instance has its own.
              assertThat(mount.getName()).isEqualTo("state");
              return new Volume();
            });
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
