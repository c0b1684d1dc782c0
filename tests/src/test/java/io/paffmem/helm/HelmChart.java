package io.paffmem.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Helm makes of the chart with some values.
 *
 * @param objects as they are written
 */
record HelmChart(List<JsonNode> objects) {
  static final Path FOLDER = Path.of("..", "src", "operations", "helm");

  private static final Path EVERYTHING = Path.of("src", "test", "resources", "helm");
  private static final String KUBERNETES = "1.31.0";

  /** A ScaledObject is KEDA's; nobody has a class of it. */
  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("apps/v1 StatefulSet", StatefulSet.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("keda.sh/v1alpha1 ScaledObject", JsonNode.class),
          Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class));

  private static final YAMLMapper YAML = strict();

  /** With nothing but addresses, and the topics' job as an object like the others. */
  static HelmChart plain() {
    return rendered(
        command()
            .set("kafka.bootstrapServers", "kafka:9092")
            .set("schemaRegistry", "http://registry:8080")
            .set("topics.hook", false));
  }

  /** With every switch the other way. */
  static HelmChart everything() {
    return rendered(command().withValuesFile(EVERYTHING.resolve("everything.yaml")));
  }

  /** With everything, scaled by KEDA. */
  static HelmChart withKeda() {
    return rendered(
        command()
            .withValuesFile(EVERYTHING.resolve("everything.yaml"))
            .set("autoscaling.by", "keda"));
  }

  static Stream<HelmChart> all() {
    return Stream.of(plain(), everything(), withKeda());
  }

  static TemplateCommand command() {
    return new Helm(FOLDER)
        .template()
        .withName("live")
        .withNamespace("faces")
        .withKubeVersion(KUBERNETES);
  }

  private static HelmChart rendered(TemplateCommand command) {
    return new HelmChart(documents(command.call()));
  }

  /** The documents of a YAML text that has several. */
  static List<JsonNode> documents(String text) {
    try (var read = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      List<JsonNode> documents = read.readAll();
      documents.removeIf(document -> !document.isObject());
      return documents;
    } catch (IOException e) {
      throw new IllegalStateException("no YAML: " + text, e);
    }
  }

  /** Those of one kind. */
  List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  /** Those of one kind, read. */
  <T> List<T> ofKind(Class<T> kind) {
    return ofKind(kind.getSimpleName()).stream().map(HelmChart::read).map(kind::cast).toList();
  }

  /** What pods are made of, by the workload's name. */
  List<PodTemplateSpec> pods() {
    List<PodTemplateSpec> pods = new ArrayList<>();
    ofKind(Deployment.class).forEach(some -> pods.add(some.getSpec().getTemplate()));
    ofKind(StatefulSet.class).forEach(some -> pods.add(some.getSpec().getTemplate()));
    ofKind(Job.class).forEach(some -> pods.add(some.getSpec().getTemplate()));
    return pods;
  }

  /**
   * Reads an object as what it says that it is.
   *
   * @throws IllegalStateException if it has a field that its kind has not, or of another type
   */
  static Object read(JsonNode object) {
    String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    Class<?> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalStateException("Nobody expects a " + kind);
    }
    try {
      return YAML.treeToValue(object, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(kind + ": " + e.getMessage(), e);
    }
  }

  /** The classes take what they do not know into a map; here it is an error. */
  private static YAMLMapper strict() {
    YAMLMapper mapper = new YAMLMapper();
    mapper.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          @Override
          public Boolean hasAnySetter(Annotated annotated) {
            return false;
          }
        });
    return mapper;
  }
}
