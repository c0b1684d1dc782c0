package io.paffmem.app.serve;

import io.paffmem.access.DeploymentSecret;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The secret that all processes of a deployment share. */
final class SecretOption {
  @Option(
      names = "--secret",
      paramLabel = "FILE",
      description =
          "The deployment's secret, the same file for all its processes, mode 0600. Make it once:"
              + " (umask 077; openssl rand -hex 32 > FILE).")
  private @Nullable Path file;

  /**
   * It, where a file is named.
   *
   * @throws io.paffmem.access.AccessException if it is not there, is none, or others may read it
   */
  Optional<DeploymentSecret> read() {
    return Optional.ofNullable(file).map(DeploymentSecret::read);
  }
}
