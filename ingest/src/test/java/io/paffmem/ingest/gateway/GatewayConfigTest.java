package io.paffmem.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.gateway.GatewayConfig.Limits;
import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.gateway.GatewayConfig.Tls;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GatewayConfigTest {
  @Test
  void create_plainTextBeyondLoopback_onlyIfAskedFor() {
    assertThat(config("127.0.0.1", null, false).tls()).isNull();
    assertThat(config("::1", null, false).tls()).isNull();
    assertThat(config("0.0.0.0", null, true).plainTextAllowed()).isTrue();
    assertThat(config("0.0.0.0", new Tls(Path.of("k"), "p"), false).host()).isEqualTo("0.0.0.0");
    assertThatThrownBy(() -> config("0.0.0.0", null, false))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("faces would cross the network from 0.0.0.0");
  }

  @Test
  void create_everythingWrong_isSaidAtOnce() {
    assertThatThrownBy(
            () ->
                new GatewayConfig(
                    "127.0.0.1",
                    65_536,
                    null,
                    false,
                    false,
                    new Limits(1, 1, Double.NaN, 0, 0, 0, 0),
                    new Patience(
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1))))
        .isInstanceOf(GatewayException.class)
        .hasMessageContainingAll(
            "port is 65536",
            "maxFrameBytes is 1",
            "maxPixels is 1",
            "maxRate is NaN",
            "maxFeeds is 0",
            "framesPerFeed is 0",
            "heldBytes is 0",
            "workers is 0",
            "a patience is PT0S",
            "silence is PT5S");
  }

  @Test
  void toString_tls_hidesThePassword() {
    assertThat(config("::1", new Tls(Path.of("k.p12"), "secret"), false).toString())
        .contains("k.p12")
        .doesNotContain("secret");
  }

  private static GatewayConfig config(String host, @Nullable Tls tls, boolean plainText) {
    return new GatewayConfig(
        host, 0, tls, plainText, false, Limits.defaults(), Patience.defaults());
  }
}
