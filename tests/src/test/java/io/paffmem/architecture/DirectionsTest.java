package io.paffmem.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

@AnalyzeClasses(packages = "io.paffmem", importOptions = ImportOption.DoNotIncludeTests.class)
final class DirectionsTest {
  private static final String[] INGEST = {"io.paffmem.ingest.."};
  private static final String[] MODEL_SERVER = {
    "io.paffmem.prior..", "io.paffmem.network..", "io.paffmem.training..", "io.paffmem.stage.."
  };
  private static final String[] TOPOLOGY = {"io.paffmem.memory..", "io.paffmem.topology.."};
  private static final String[] APPLICATION = {
    "io.paffmem.app..",
    "io.paffmem.bench..",
    "io.paffmem.broker..",
    "io.paffmem.dashboard..",
    "io.paffmem.evaluation..",
    "io.paffmem.imagine..",
    "io.paffmem.operations..",
    "io.paffmem.pipeline..",
    "io.paffmem.query.."
  };

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
          .resideInAPackage("io.paffmem.schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(INGEST, MODEL_SERVER, TOPOLOGY, APPLICATION));

  @ArchTest
  static final ArchRule ingest_knowsOnlySchemas =
      noClasses()
          .that()
          .resideInAnyPackage(INGEST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(MODEL_SERVER, TOPOLOGY, APPLICATION));

  @ArchTest
  static final ArchRule modelServer_knowsOnlySchemas =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL_SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(INGEST, TOPOLOGY, APPLICATION));

  @ArchTest
  static final ArchRule topology_knowsOnlySchemas =
      noClasses()
          .that()
          .resideInAnyPackage(TOPOLOGY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(join(INGEST, MODEL_SERVER, APPLICATION));

  @ArchTest
  static final ArchRule tensorFlow_isInTheModelServerAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(MODEL_SERVER)
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
          .resideInAnyPackage("org.tensorflow..", "io.paffmem.network..", "io.paffmem.training..");

  @ArchTest
  static final ArchRule rocksDb_isInTheTopologyAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.paffmem.topology..")
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
              "io.paffmem.ingest.web..",
              "io.paffmem.ingest.gateway..",
              "io.paffmem.dashboard..",
              "io.paffmem.operations..",
              "io.paffmem.query..")
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
