package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.prior.TinyPrior;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is asked to end in the middle ends, and well. */
@Tag("broker")
final class StopTest {
  private static final int LATENT_SIZE = 50;

  @TempDir Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void demo_askedToEndWhileItRuns_endsInTimeAndCleansUp() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (PaffmemProcess demo =
        PaffmemProcess.start(
            folder,
            "demo",
            Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            List.of(
                "demo",
                "--people",
                "1",
                "--seconds",
                "600",
                "--seeding-frames",
                "2",
                "--model",
                TinyPrior.write(folder.resolve("model"), LATENT_SIZE).toString(),
                "--operations-port",
                "0"))) {
      demo.awaitBody("/metrics", Pattern.compile("paffmem_topology_events_total\\{.*} [1-9]"));

      demo.stop();

      demo.assertEnded();
      try (Stream<Path> left = Files.list(temporary)) {
        assertThat(left.filter(path -> path.getFileName().toString().startsWith("paffmem-")))
            .isEmpty();
      }
    }
  }

  @Test
  void gateway_askedToEndWhileItLooksForItsBroker_endsWellAtOnce() throws Exception {
    // Takes connections and says nothing, so that the broker is waited for.
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        PaffmemProcess gateway =
            PaffmemProcess.start(
                folder,
                "gateway",
                Map.of("PAFFMEM_TOKEN", "token-0123456789abcdef"),
                List.of(
                    "gateway",
                    "--bootstrap-servers",
                    "127.0.0.1:" + mute.getLocalPort(),
                    "--schema-registry",
                    "http://127.0.0.1:" + mute.getLocalPort(),
                    "--port",
                    "0",
                    "--operations-port",
                    "0"))) {
      assertThat(gateway.ask("/health/ready").body()).contains("is starting");

      gateway.stop();

      gateway.assertEnded();
    }
  }
}
