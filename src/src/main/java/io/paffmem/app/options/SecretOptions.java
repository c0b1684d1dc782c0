package io.paffmem.app.options;

import io.paffmem.access.DeploymentSecret;
import io.paffmem.access.Pseudonyms;
import io.paffmem.start.StartException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The secret that all processes of a deployment share, and what it is used for. */
public final class SecretOptions {
  @Option(
      names = "--secret",
      paramLabel = "FILE",
      description =
          "The deployment's secret, the same file for all its processes, mode 0600. Make it once:"
              + " (umask 077; openssl rand -hex 32 > FILE).")
  private @Nullable Path file;

  @Option(
      names = "--pseudonyms",
      description =
          "On topics, in stores and in logs people have pseudonyms by the secret instead of their"
              + " names. Give it to gateway, dashboard, topology and memory commands alike, or to"
              + " none.")
  private boolean withPseudonyms;

  /**
   * The secret, where a file is named.
   *
   * @throws io.paffmem.access.AccessException if it is not there, is none, or others may read it
   */
  public Optional<DeploymentSecret> read() {
    return Optional.ofNullable(file).map(DeploymentSecret::read);
  }

  /**
   * What people are called inside.
   *
   * @throws StartException if they are to have pseudonyms and there is no secret
   */
  public Pseudonyms pseudonyms() {
    if (!withPseudonyms) {
      return Pseudonyms.none();
    }
    return read()
        .map(Pseudonyms::by)
        .orElseThrow(() -> new StartException("--pseudonyms needs --secret FILE"));
  }
}
