package io.paffmem.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebFilesTest {
  private final WebServer server =
      WebServer.start(
          "the test",
          WebConfig.local(0),
          javalin -> {
            new SecurityHeaders(SecurityHeaders.OWN_HOST_ALONE, "camera=()").addTo(javalin.routes);
            new WebFiles(javalin.routes, WebFilesTest.class)
                .add("/one", "page.html")
                .addFolder("/all/");
          });
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void get_file_hasItsTypeAndTheHeaders() throws Exception {
    HttpResponse<String> one = get("/one");
    HttpResponse<String> script = get("/all/page.js");

    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(header(one, "Content-Type")).startsWith("text/html");
    assertThat(header(one, "Content-Security-Policy")).contains("default-src 'none'");
    assertThat(header(script, "Content-Type")).startsWith("text/javascript");
    assertThat(script.body()).contains("textContent");
  }

  @Test
  void get_fileThatTheBrowserHas_isNotSentAgain() throws Exception {
    String tag = header(get("/all/style.css"), "ETag");

    HttpResponse<String> again = get("/all/style.css", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void get_whatIsNoFileForBrowsers_isNotThere() throws Exception {
    for (String name :
        new String[] {
          "WebFilesTest.class", "nothing.js", "..%2Fweb%2FWebConfig.class", "%2e%2e/access/x.js", ""
        }) {
      assertThat(get("/all/" + name).statusCode()).as(name).isIn(400, 404);
    }
  }

  @Test
  void add_fileThatIsNotThere_isRefusedAtTheStart() {
    assertThatThrownBy(
            () ->
                WebServer.start(
                    "the test",
                    WebConfig.local(0),
                    javalin -> new WebFiles(javalin.routes, WebFilesTest.class).add("/", "no.js")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no.js");
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
