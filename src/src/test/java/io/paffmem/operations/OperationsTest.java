package io.paffmem.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.web.WebConfig;
import io.paffmem.web.WebException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void serve_aPort_givesOutHealthAndMetricsAndNobodysMemory() throws Exception {
    try (Operations operations = new Operations(WebConfig.local(0))) {
      operations.meters().counter("paffmem.test").increment(3);
      operations.check(Optional::empty);
      operations.serve();

      assertThat(get(operations, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(operations, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(operations, "/health/ready").body())
          .isEqualTo("not ready: the process is starting");
      operations.started();
      assertThat(get(operations, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(operations, "/metrics").body())
          .contains("paffmem_test_total 3.0", "paffmem_ready 1", "jvm_memory_used_bytes");
      assertThat(get(operations, "/metrics").headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(get(operations, "/v1/people/ann/memory").statusCode()).isEqualTo(404);
      operations.stopping();
      assertThat(get(operations, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(operations, "/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void serve_withoutAPort_servesNothingAndCountsAllTheSame() {
    try (Operations operations = new Operations(null)) {
      operations.serve();
      operations.meters().counter("paffmem.test").increment();

      assertThat(operations.address()).isEmpty();
      assertThat(operations.meters().counter("paffmem.test").count()).isEqualTo(1);
    }
  }

  @Test
  void serve_aPortThatIsTaken_saysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0);
        Operations operations = new Operations(WebConfig.local(taken.getLocalPort()))) {
      assertThatThrownBy(operations::serve)
          .isInstanceOf(WebException.class)
          .hasMessageContaining("the operations server cannot listen");
    }
  }

  private HttpResponse<String> get(Operations operations, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(operations.address().orElseThrow() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
