package io.paffmem.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.gateway.frames.Limits;
import io.paffmem.web.WebConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GatewayConfigTest {
  @Test
  void create_everythingWrong_isSaidAtOnce() {
    assertThatThrownBy(
            () ->
                new GatewayConfig(
                    WebConfig.local(65_536),
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
}
