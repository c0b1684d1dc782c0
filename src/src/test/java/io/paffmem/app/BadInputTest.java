package io.paffmem.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mistakes of users: each gets one message, and leaves nothing running and nothing half written.
 */
@Timeout(600)
final class BadInputTest {
  @TempDir private Path folder;

  @Test
  void replay_videoMissing_named() {
    Ran.paffmem("replay", folder.resolve("gone.mp4").toString(), "--person", "ann")
        .assertRefused("gone.mp4", "check the path");
  }

  @Test
  void replay_folderAsVideo_asksForAFileInIt() {
    Ran.paffmem("replay", folder.toString(), "--person", "ann")
        .assertRefused(folder.toString(), "is a folder", "name one video file");
  }

  @Test
  void replay_fileThatIsNoVideo_named() throws IOException {
    Path text = Files.writeString(folder.resolve("letter.mp4"), "Dear all,\n");

    Ran.paffmem("replay", text.toString(), "--person", "ann")
        .assertRefused("letter.mp4", "not a video");
  }

  @Test
  void replay_blankPerson_refusedBeforeTheVideo() {
    Ran.paffmem("replay", "gone.mp4", "--person", " ").assertRefused("--person");
    Ran.paffmem("replay", "gone.mp4", "--person", "a\u202enn")
        .assertRefused("--person has a character that is not seen or was not decoded (U+202E");
    assertThat(Ran.paffmem("replay", "--source", "Zo\ufffd=gone.mp4").err())
        .contains("the person's name has a character that is not seen or was not decoded");
    Ran.paffmem("replay", "gone.mp4", "--person", "Zoe\u0301 ", "--source", "Zo\u00e9=gone.mp4")
        .assertRefused("is named twice");
    Ran.paffmem("replay", "gone.mp4", "--person", "x".repeat(257)).assertRefused("--person");
  }

  @Test
  void replay_sourcesThatCannotBe_allNamed() {
    Ran.paffmem("replay", "--source", "ann=a.mp4", "--source", "ann=b.mp4", "--seconds", "0")
        .assertRefused("'ann' is named twice", "--seconds is 0");
    Ran.paffmem("replay", "--source", "ann=a.mp4", "--stall-timeout", "0").assertRefused("stall");
    Ran.paffmem("replay", "--source", "ann=gone.mp4").assertRefused("gone.mp4", "check the path");
    Ran.paffmem("replay", "--source", "ann=/dev/video987").assertRefused("/dev/video987", "camera");
    for (String source : new String[] {"a.mp4", "=a.mp4", "ann=", "ann=ftp://host/a.mp4"}) {
      assertThat(Ran.paffmem("replay", "--source", source).err())
          .contains("Invalid value for option '--source'");
    }
  }

  /** A camera that accepts and then says nothing. */
  @Test
  void replay_rtspThatStalls_namedWithoutItsPassword() throws IOException {
    try (ServerSocket camera = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + camera.getLocalPort() + "/live";

      Ran ran =
          Ran.paffmem(
              "replay", "--source", "ann=rtsp://u:secret@" + address, "--stall-timeout", "0.3");

      ran.assertRefused("rtsp://" + address + " is not a video", "check the address");
      assertThat(ran.err()).doesNotContain("secret");
    }
  }

  @Test
  void demo_numbersOutOfRange_allNamed() {
    Ran.paffmem("demo", "--people", "0", "--seconds", "-1")
        .assertRefused("--people is 0", "--seconds is -1");
    Ran.paffmem("demo", "--seconds", "NaN").assertRefused("--seconds is NaN");
    Ran.paffmem("demo", "--seeding-frames", "-2").assertRefused("seedingFrames", "-2");
  }

  @Test
  void demo_contradictoryOptions_allNamed() {
    Ran.paffmem("demo", "--bootstrap-servers", "a:1", "--data", folder.toString())
        .assertRefused("needs --schema-registry", "--data", "contradicts");
    Ran.paffmem("demo", "--schema-registry", "http://a", "--kafka", "client.id=x")
        .assertRefused("--schema-registry needs", "--kafka needs");
  }

  @Test
  void demo_unknownConfigurationKeys_allNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("p.properties"), "peple=3\nsecnods=2\n");

    Ran.paffmem("demo", "--config", file.toString())
        .assertRefused("p.properties", "peple, secnods", "known are:");
  }

  @Test
  void demo_summaryIntoAMissingFolder_refusedBeforeAnythingRuns() {
    Path summary = folder.resolve("gone").resolve("summary.json");

    Ran.paffmem("demo", "--summary", summary.toString())
        .assertRefused(summary.toString(), "must be a folder that is there");
    Ran.paffmem("demo", "--summary", folder.toString())
        .assertRefused(folder.toString(), "it is a folder");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void gateway_tokens_mustBeNamedOnceAndBeGood() throws IOException {
    Path file = Files.writeString(folder.resolve("access.json"), "{\"tokens\": []}");

    Ran.paffmem("gateway").assertRefused("--access", "PAFFMEM_TOKEN");
    Ran.paffmem("gateway", "--access", file.toString(), "--token", "x".repeat(20))
        .assertRefused("--access", "PAFFMEM_TOKEN");
    Ran.paffmem("gateway", "--access", file.toString())
        .assertRefused("access.json", "that is not empty");
    Ran.paffmem("gateway", "--token", "guess").assertRefused("at least 16", "openssl");
  }

  @Test
  void gateway_tokensNamedTwice_commandLineWinsOverTheRest() throws IOException {
    Path file = Files.writeString(folder.resolve("access.json"), "{\"tokens\": []}");
    Path token = Files.writeString(folder.resolve("token.properties"), "token=" + "x".repeat(20));
    Path both = Files.writeString(folder.resolve("both.properties"), "token=guess\naccess=" + file);

    Ran.paffmem("gateway", "--config", token.toString(), "--access", file.toString())
        .assertRefused("access.json", "that is not empty");
    Ran.paffmem("gateway", "--config", both.toString(), "--token", "guess")
        .assertRefused("at least 16", "openssl");
    Ran.paffmem("gateway", "--config", both.toString()).assertRefused("named twice");
  }

  @Test
  void gateway_settings_refusedBeforeAnythingRuns() {
    String token = "x".repeat(20);

    Ran.paffmem("gateway", "--token", token, "--host", "0.0.0.0", "--max-rate", "0")
        .assertRefused("maxRate is 0.0", "without TLS");
    Ran.paffmem("gateway", "--token", token, "--tls-keystore", "gone.p12")
        .assertRefused("gone.p12 cannot be read");
    Ran.paffmem("gateway", "--token", token, "--tls-password", "p")
        .assertRefused("--tls-password needs --tls-keystore");
  }

  @Test
  void demo_modelMissing_named() {
    Ran.paffmem("demo", "--model", folder.resolve("gone").toString())
        .assertRefused("no SavedModel in", "gone");
  }

  @Test
  void demo_modelGarbage_named() throws IOException {
    Files.writeString(folder.resolve("saved_model.pb"), "no protocol buffer");

    Ran.paffmem("demo", "--model", folder.toString())
        .assertRefused("the SavedModel in " + folder + " cannot be read", "export it again");
  }

  @Test
  @Tag("model")
  void demo_gpuWishedAndNoneThere_refused() {
    assumeFalse(
        Files.exists(Path.of("/dev/nvidia0")), "not tested: this machine has a GPU to be used");

    Ran.paffmem("demo", "--device", "gpu").assertRefused("no GPU", "--device cpu");
  }

  @Test
  @Tag("broker")
  void demo_portInUse_named() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, loopback())) {
      Ran.paffmem("demo", "--broker-port", Integer.toString(taken.getLocalPort()))
          .assertRefused("Port " + taken.getLocalPort(), "in use", "choose another");
    }
  }

  @Test
  @Tag("broker")
  void demo_dataIsAFile_named() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "");

    Ran.paffmem("demo", "--data", file.toString()).assertRefused(file.toString());
    assertThat(file).hasContent("");
  }

  @Test
  @Tag("broker")
  void demo_stateCannotBeKept_brokerIsStoppedAgain() throws IOException {
    Files.writeString(folder.resolve("state"), "a file where a folder should be");

    Ran.paffmem("demo", "--data", folder.toString())
        .assertRefused(folder.resolve("state").toString());
  }

  @Test
  @Tag("broker")
  void everyCommandOfACluster_brokerCannotBeReached_saysWhereItLooked() {
    // The client's own time limits are longer; this one is the shortest way to the message.
    Ran.paffmem("topics", "create", "--bootstrap-servers", "127.0.0.1:1", "--schema-registry=x")
        .assertRefused("no broker answers at 127.0.0.1:1", "check --bootstrap-servers");
  }

  @Test
  @Tag("broker")
  void stageOfACluster_startTimeout_endsAndSaysWhatWasMissing() {
    Ran.paffmem(
            "topology",
            "--state=" + folder,
            "--bootstrap-servers=127.0.0.1:1",
            "--schema-registry=http://127.0.0.1:1",
            "--start-timeout=0")
        .assertRefused("no broker answers at 127.0.0.1:1", "--start-timeout 0.0 is over");
  }

  @Test
  void demo_brokerAddressOrClientSettingWrong_namedAtOnce() {
    Ran.paffmem("demo", "--bootstrap-servers", "nowhere", "--schema-registry", "http://a")
        .assertRefused("bootstrap.servers", "nowhere");
    Ran.paffmem(
            "demo",
            "--bootstrap-servers=127.0.0.1:1",
            "--schema-registry=http://a",
            "--kafka=security.protocol=MAGIC")
        .assertRefused("MAGIC", "--kafka");
  }

  @Test
  @Tag("model")
  void stagesOfACluster_noBrokerNamed_refusedAtOnce() {
    Ran.paffmem("model-server").assertRefused("--bootstrap-servers is missing");
    Ran.paffmem("topology", "--state", folder.toString())
        .assertRefused("--bootstrap-servers is missing");
    Ran.paffmem("topics", "create").assertRefused("--bootstrap-servers is missing");
  }

  @Test
  void train_nothingToTrainOn_refused() {
    train("--width=2", "--minutes=0", "--steps=0")
        .assertRefused(
            "nothing to train on: give --dataset faces=DIR",
            "--width is 2.0",
            "--minutes is 0.0",
            "--steps is 0");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void train_datasetsAndWeightsThatDoNotFit_allNamed() {
    train(
            "--dataset=synthetic",
            "--dataset=synthetic=20",
            "--weight=faces=1",
            "--weight=synthetic=0")
        .assertRefused(
            "--dataset synthetic is given twice",
            "--weight faces is for no --dataset",
            "--weight synthetic is 0.0");
    assertThat(train("--dataset=fases=x").err())
        .contains("'fases=x' names no data set", "faces=DIR");
    assertThat(train("--dataset=faces").err()).contains("'faces' must be one of faces=DIR");
    assertThat(train("--dataset=synthetic=-3").err()).contains("'synthetic=-3' must be one of");
  }

  @Test
  void train_folderWithoutDataSet_saysWhatWasLookedForAndWhere() {
    train("--dataset=faces=" + folder)
        .assertRefused(folder.toString(), "data/legend.csv and images");
    train("--dataset=affectnet=" + folder)
        .assertRefused(folder.toString(), "train_set/annotations", "training.csv");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void train_gpuWishedAndNoneThere_refused() {
    assumeFalse(
        Files.exists(Path.of("/dev/nvidia0")), "not tested: this machine has a GPU to be used");

    train("--dataset=synthetic=20", "--device=gpu").assertRefused("no GPU", "--device cpu");
    assertThat(folder).isEmptyDirectory();
  }

  private Ran train(String... options) {
    return Ran.paffmem(
        Stream.concat(
                Stream.of("train", "--out=" + folder.resolve("out"), "--name=pk"),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void demo_interrupted_saysThatItStopped() {
    Thread.currentThread().interrupt();

    Ran ran =
        Ran.paffmem(
            "demo", "--bootstrap-servers=127.0.0.1:1", "--schema-registry=http://127.0.0.1:1");

    assertThat(ran.err()).isEqualToNormalizingNewlines("paffmem: stopped\n");
    assertThat(ran.status()).isEqualTo(130);
    ran.assertNothingLeft();
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
