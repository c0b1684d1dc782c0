package io.paffmem.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

@AnalyzeClasses(
    packages = "io.paffmem",
    importOptions = {ImportOption.DoNotIncludeTests.class, DirectionsTest.NotGenerated.class})
final class DirectionsTest {
  private static final String[] SCHEMAS = {"io.paffmem.schemas..", "io.paffmem.kafka.."};
  private static final String[] WEB = {"io.paffmem.web..", "io.paffmem.access.."};
  private static final String[] INGEST = {"io.paffmem.ingest.."};
  private static final String[] MODEL_SERVER = {
    "io.paffmem.prior..",
    "io.paffmem.network..",
    "io.paffmem.training..",
    "io.paffmem.stage..",
    "io.paffmem.metric.."
  };
  private static final String[] TOPOLOGY = {"io.paffmem.memory..", "io.paffmem.topology.."};
  private static final String[] BELOW_THE_COMMANDS = {
    "io.paffmem.broker..",
    "io.paffmem.cluster..",
    "io.paffmem.dashboard..",
    "io.paffmem.evaluation..",
    "io.paffmem.imagine..",
    "io.paffmem.ledger..",
    "io.paffmem.operations..",
    "io.paffmem.pipeline..",
    "io.paffmem.query..",
    "io.paffmem.start.."
  };
  private static final String[] COMMANDS = {"io.paffmem.app.."};
  private static final String[] APPLICATION = join(COMMANDS, BELOW_THE_COMMANDS);
  private static final String[] BENCHMARKS = {"io.paffmem.bench.."};

  /** A package with more files than this is cut, or has a reason below. */
  private static final int MOST_FILES = 20;

  /** With the reason of each. */
  private static final Map<String, String> LARGER_PACKAGES =
      Map.of(
          "io.paffmem.ingest.synthetic", "what draws a face knows one another's measures",
          "io.paffmem.topology.format", "a small file for each kind of row");

  /** Not what JMH's and Avro's generators write, nor tests that come in a jar. */
  static final class NotGenerated implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/jmh_generated/")
          && !location.contains("/schemas/avro/")
          && !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule memory_isPureArithmetic =
      classes()
          .that()
          .resideInAPackage("io.paffmem.memory..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.paffmem.memory..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule schemas_knowNoOtherModule =
      noClasses()
          .that()
          .resideInAnyPackage(SCHEMAS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(WEB, INGEST, MODEL_SERVER, TOPOLOGY, APPLICATION, BENCHMARKS));

  @ArchTest
  static final ArchRule contract_knowsNeitherClientsInUseNorMeters =
      noClasses()
          .that()
          .resideInAPackage("io.paffmem.schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.paffmem.kafka..", "io.micrometer..");

  @ArchTest
  static final ArchRule kafkaClients_knowNothingOfTheContract =
      noClasses()
          .that()
          .resideInAPackage("io.paffmem.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.paffmem.schemas..");

  @ArchTest
  static final ArchRule web_knowsNoOtherModule =
      noClasses()
          .that()
          .resideInAnyPackage(WEB)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              join(
                  SCHEMAS,
                  new String[] {"org.apache.kafka.."},
                  INGEST,
                  MODEL_SERVER,
                  TOPOLOGY,
                  APPLICATION));

  @ArchTest
  static final ArchRule access_knowsNoWebServer =
      noClasses()
          .that()
          .resideInAPackage("io.paffmem.access..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.paffmem.web..");

  @ArchTest
  static final ArchRule ingest_knowsOnlySchemasAndTheWeb =
      noClasses()
          .that()
          .resideInAnyPackage(INGEST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(MODEL_SERVER, TOPOLOGY, APPLICATION, BENCHMARKS));

  @ArchTest
  static final ArchRule modelServer_knowsOnlySchemas =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL_SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(WEB, INGEST, TOPOLOGY, APPLICATION, BENCHMARKS));

  @ArchTest
  static final ArchRule topology_knowsOnlySchemas =
      noClasses()
          .that()
          .resideInAnyPackage(TOPOLOGY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(WEB, INGEST, MODEL_SERVER, APPLICATION, BENCHMARKS));

  @ArchTest
  static final ArchRule application_knowsNoBenchmark =
      noClasses()
          .that()
          .resideInAnyPackage(APPLICATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BENCHMARKS);

  @ArchTest
  static final ArchRule whatCommandsUse_knowsNoCommand =
      noClasses()
          .that()
          .resideInAnyPackage(BELOW_THE_COMMANDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMMANDS);

  @ArchTest
  static final ArchRule groupsOfCommands_knowOnlyOptionsAndTerminal =
      slices()
          .matching("io.paffmem.app.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              alwaysTrue(),
              resideInAnyPackage("io.paffmem.app.options..", "io.paffmem.app.terminal.."));

  @ArchTest
  static final ArchRule groupsOfCommands_doNotKnowTheEntryPoint =
      noClasses()
          .that()
          .resideInAPackage("io.paffmem.app.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.paffmem.app");

  @ArchTest
  static final ArchRule tensorFlow_isWhereNetworksAre =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.paffmem.prior.tensorflow..", "io.paffmem.network..", "io.paffmem.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..");

  @ArchTest
  static final ArchRule stages_knowThePkByItsPortsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.paffmem.stage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tensorflow..",
              "io.paffmem.prior.tensorflow..",
              "io.paffmem.network..",
              "io.paffmem.training..");

  @ArchTest
  static final ArchRule rocksDb_isInTheTopologyAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.paffmem.topology..", "io.paffmem.bench.rocksdb..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.rocksdb..");

  @ArchTest
  static final ArchRule openCvAndFfmpeg_areInIngestAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(INGEST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule webServer_isWhereItServes =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.paffmem.web..",
              "io.paffmem.ingest.gateway..",
              "io.paffmem.dashboard.http..",
              "io.paffmem.operations..",
              "io.paffmem.query..",
              "io.paffmem.teaching..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule prometheus_isInOperationsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.paffmem.operations..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer.prometheusmetrics..", "io.prometheus..");

  @ArchTest
  static final ArchRule syntheticPeople_areDrawnWithoutKafkaOrOpenCv =
      noClasses()
          .that()
          .resideInAPackage("io.paffmem.ingest.synthetic..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.bytedeco..", "io.paffmem.schemas..");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("io.paffmem.(**)").should().beFreeOfCycles();

  @ArchTest
  static void packages_areInOneModuleEach(JavaClasses classes) {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (JavaClass one : classes) {
      modules.computeIfAbsent(one.getPackageName(), name -> new TreeSet<>()).add(module(one));
    }
    assertThat(new TreeSet<>(modules.values().stream().flatMap(Set::stream).toList()))
        .as("modules that are looked at")
        .hasSizeGreaterThan(5);

    modules.values().removeIf(of -> of.size() == 1);

    assertThat(modules).isEmpty();
  }

  @ArchTest
  static void packages_largerThanTheAlarm_haveAReason(JavaClasses classes) {
    Map<String, Set<String>> files = new TreeMap<>();
    for (JavaClass one : classes) {
      String file = one.getSource().flatMap(Source::getFileName).orElse(one.getSimpleName());
      files.computeIfAbsent(one.getPackageName(), name -> new TreeSet<>()).add(file);
    }

    files.values().removeIf(of -> of.size() <= MOST_FILES);

    assertThat(files.keySet()).isEqualTo(new TreeSet<>(LARGER_PACKAGES.keySet()));
  }

  /** The folder or jar that a class was read from. */
  private static String module(JavaClass one) {
    String uri = one.getSource().map(source -> source.getUri().toString()).orElse("");
    return uri.replace(one.getName().replace('.', '/') + ".class", "");
  }

  private static String[] join(String[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule rulesAndPerson_knowNeitherKafkaNorBytes =
      noClasses()
          .that()
          .resideInAnyPackage("io.paffmem.topology.person..", "io.paffmem.topology.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.rocksdb..", "java.nio..");
}
