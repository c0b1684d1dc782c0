package io.paffmem.app.options;

import io.paffmem.access.DeploymentSecret;
import io.paffmem.access.OwnerOnly;
import io.paffmem.access.Pseudonyms;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The secret that all processes of a deployment share, and what it is used for. */
public final class SecretOptions {
  private static final String IN_FOLDER = "secret";

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
              + " names. Give it to gateway, replay, dashboard, topology and memory commands"
              + " alike, or to none. With --data the secret may be left out: the folder has one.")
  private boolean withPseudonyms;

  /**
   * The secret, where a file is named.
   *
   * @throws io.paffmem.access.AccessException if it is not there, is none, or others may read it
   */
  public Optional<DeploymentSecret> read() {
    return Optional.ofNullable(file).map(DeploymentSecret::read);
  }

  /** Whether people are to have pseudonyms. */
  public boolean isPseudonymous() {
    return withPseudonyms;
  }

  /**
   * What people are called inside, where a folder holds all data: it holds the secret, too, where
   * none is named. It is made at the folder's first start, and never again.
   *
   * @param data folder; null if there is none
   * @throws StartException if people are to have pseudonyms and there is no secret
   */
  public Pseudonyms pseudonyms(@Nullable Path data) {
    if (!withPseudonyms || file != null || data == null) {
      return pseudonyms();
    }
    Path secret = data.resolve(IN_FOLDER);
    if (!Files.exists(secret) && Files.exists(data.resolve("kafka"))) {
      throw new StartException(
          "the folder %s has data and no %s: with a new one, people who have pseudonyms would be somebody else; put the old one back, or make one by: (umask 077; openssl rand -hex 32 > %s)"
              .formatted(data, IN_FOLDER, secret));
    }
    try {
      OwnerOnly.createFolders(data);
    } catch (IOException e) {
      throw new StartException("the folder " + data + " cannot be made: " + e, e);
    }
    return Pseudonyms.by(DeploymentSecret.readOrMake(secret));
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
