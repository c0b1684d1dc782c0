package io.paffmem.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.start.StartException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ClusterOptionsTest {
  @Test
  void check_nothingNamed_brokerInThisProcess() {
    ClusterOptions options = options();

    assertThatCode(options::check).doesNotThrowAnyException();
    assertThat(options.isEmbedded()).isTrue();
    assertThat(options.data()).isNull();
    assertThat(options.partitions()).isEqualTo(4);
  }

  @Test
  void check_embeddedWithItsOptions_accepted() {
    ClusterOptions options = options("--data", "kept", "--broker-port", "9092", "--partitions=1");

    assertThatCode(options::check).doesNotThrowAnyException();
    assertThat(options.data()).isEqualTo(Path.of("kept"));
    assertThat(options.partitions()).isEqualTo(1);
  }

  @Test
  void check_remoteWithItsOptions_accepted() {
    ClusterOptions options =
        options(
            "--bootstrap-servers=a:1,b:2",
            "--schema-registry=http://c:3",
            "--kafka=security.protocol=SSL,client.rack=r1",
            "--kafka=client.id=me");

    assertThatCode(options::check).doesNotThrowAnyException();
    assertThat(options.isEmbedded()).isFalse();
  }

  @Test
  void check_embeddedWithRemoteOptions_allNamedAtOnce() {
    ClusterOptions options =
        options(
            "--schema-registry=http://c:3",
            "--kafka=client.id=me",
            "--kafka-settings=file",
            "--partitions=0",
            "--broker-port=70000");

    assertThatThrownBy(options::check)
        .isInstanceOf(StartException.class)
        .hasMessage(
            "--schema-registry needs --bootstrap-servers; --kafka needs --bootstrap-servers;"
                + " --kafka-settings needs --bootstrap-servers;"
                + " --partitions is 0, must be at least 1; --broker-port is 70000, must be a port");
  }

  @Test
  void check_remoteWithEmbeddedOptions_allNamedAtOnce() {
    ClusterOptions options = options("--bootstrap-servers=a:1", "--data=kept", "--broker-port=-1");

    assertThatThrownBy(options::check)
        .isInstanceOf(StartException.class)
        .hasMessage(
            "--bootstrap-servers needs --schema-registry URL; --data is for the broker in this"
                + " process and contradicts --bootstrap-servers; --broker-port is for the broker"
                + " in this process and contradicts --bootstrap-servers; --broker-port is -1, must"
                + " be a port");
  }

  @Test
  void openRemote_noBroker_saysWhatTheCommandIs() {
    assertThatThrownBy(options()::openRemote)
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("--bootstrap-servers is missing")
        .hasMessageContaining("demo or replay");
  }

  private static ClusterOptions options(String... args) {
    return CommandLine.populateCommand(new ClusterOptions(), args);
  }
}
