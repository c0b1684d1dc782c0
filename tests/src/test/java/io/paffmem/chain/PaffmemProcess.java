package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Paffmem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command in a process of its own, as operators run it. Closing kills what still runs. */
public final class PaffmemProcess implements AutoCloseable {
  private static final Pattern OPERATIONS = Pattern.compile("Operations on (http://\\S+)");
  private static final Pattern DASHBOARD = Pattern.compile("Dashboard on (http://\\S+)");
  private static final Pattern MEMORIES = Pattern.compile("Memories on (http://\\S+)");
  private static final Pattern GATEWAY = Pattern.compile("Gateway on (http://\\S+)");
  private static final int LOOKS = 1_200;
  private static final int LOOK_MILLIS = 100;

  /** As supervisors give it. */
  private static final int SECONDS_TO_STOP = 10;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path output;
  private final Path log;

  private PaffmemProcess(Process process, Path output, Path log) {
    this.process = process;
    this.output = output;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param folder for what it writes, under that name
   */
  public static PaffmemProcess start(
      Path folder, String name, Map<String, String> environment, List<String> args)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // It runs for seconds: what a better compiler takes would not come back.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.cachedir="
                    + System.getProperty("org.bytedeco.javacpp.cachedir"),
                "-cp",
                System.getProperty("java.class.path"),
                Paffmem.class.getName()));
    command.addAll(args);
    Path output = folder.resolve(name + ".out");
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(log.toFile());
    builder.environment().putAll(environment);
    return new PaffmemProcess(builder.start(), output, log);
  }

  /** What it said on standard output. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /** Its log. */
  public List<String> log() throws IOException {
    return Files.readAllLines(log);
  }

  /** Where its operations are, once they are. */
  URI operations() throws IOException, InterruptedException {
    return URI.create(await(OPERATIONS));
  }

  /** Where it tells memories, once it does. */
  URI memories() throws IOException, InterruptedException {
    return URI.create(await(MEMORIES));
  }

  /** Where its dashboard listens, once it does. */
  URI dashboard() throws IOException, InterruptedException {
    return URI.create(await(DASHBOARD));
  }

  /** Where its gateway listens, once it does. */
  public URI gateway() throws IOException, InterruptedException {
    return URI.create(await(GATEWAY));
  }

  /** Waits for a text in its output; gives the first group. */
  String await(Pattern text) throws IOException, InterruptedException {
    for (int i = 0; i < LOOKS; i++) {
      Matcher found = text.matcher(output());
      if (found.find()) {
        return found.group(1);
      }
      if (!process.isAlive()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new IOException(output() + Files.readString(log));
  }

  /** Asks an address of its operations. */
  HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(operations().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks again until the body is as wished, a bounded number of times; gives the last body. */
  String lookFor(String path, Predicate<String> wished) throws IOException, InterruptedException {
    String body = ask(path).body();
    for (int i = 0; i < LOOKS && !wished.test(body); i++) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      body = ask(path).body();
    }
    return body;
  }

  /** Asks again until the body has a text; gives the body. */
  String awaitBody(String path, Pattern text) throws IOException, InterruptedException {
    return awaitAnswer(path, text).body();
  }

  /** Asks again until the body has a text; gives the answer. */
  HttpResponse<String> awaitAnswer(String path, Pattern text)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(path);
    for (int i = 0; i < LOOKS; i++) {
      if (text.matcher(answer.body()).find()) {
        return answer;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      answer = ask(path);
    }
    throw new IOException(path + " never said " + text + " but " + answer.body());
  }

  void awaitReady() throws IOException, InterruptedException {
    assertThat(awaitAnswer("/health/ready", Pattern.compile("^ready$")).statusCode())
        .isEqualTo(200);
  }

  HttpResponse<String> send(String method, URI address, String token)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(URI address, String token, byte[] picture)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks it to end, as SIGTERM does. */
  void stop() {
    assertThat(process.isAlive()).isTrue();
    process.destroy();
  }

  /**
   * It ended well, and as soon as supervisors want it, after {@link #stop}. Looks are counted, not
   * seconds: while the machine stands still, nothing can end.
   */
  void assertEnded() throws IOException, InterruptedException {
    assertEnded(0);
  }

  /** As the other, with that status. */
  void assertEnded(int status) throws IOException, InterruptedException {
    int looks = SECONDS_TO_STOP * 1_000 / LOOK_MILLIS;
    while (looks > 0 && !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      looks--;
    }
    assertThat(process.isAlive())
        .as("still runs after %d s: %s", SECONDS_TO_STOP, Files.readString(log))
        .isFalse();
    assertThat(process.exitValue()).as("exit status: %s", Files.readString(log)).isEqualTo(status);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
