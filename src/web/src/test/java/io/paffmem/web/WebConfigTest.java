package io.paffmem.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.paffmem.web.WebConfig.Tls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WebConfigTest {
  @Test
  void check_plainTextBeyondLoopback_onlyIfAskedFor() {
    assertThat(problems(config("127.0.0.1", null, false))).isEmpty();
    assertThat(problems(config("::1", null, false))).isEmpty();
    assertThat(problems(config("0.0.0.0", null, true))).isEmpty();
    assertThat(problems(config("0.0.0.0", new Tls(Path.of("k"), "p"), false))).isEmpty();
    assertThat(problems(config("0.0.0.0", null, false)))
        .singleElement(STRING)
        .contains("would cross the network from 0.0.0.0");
  }

  @Test
  void check_everythingWrong_isSaidAtOnce() {
    assertThat(String.join("; ", problems(new WebConfig("0.0.0.0", 65_536, null, false))))
        .contains("port is 65536", "without TLS");
  }

  @Test
  void toString_tls_hidesThePassword() {
    assertThat(config("::1", new Tls(Path.of("k.p12"), "secret"), false).toString())
        .contains("k.p12")
        .doesNotContain("secret");
  }

  private static WebConfig config(String host, @Nullable Tls tls, boolean plainText) {
    return new WebConfig(host, 0, tls, plainText);
  }

  private static List<String> problems(WebConfig config) {
    List<String> problems = new ArrayList<>();
    config.check(problems);
    return problems;
  }
}
