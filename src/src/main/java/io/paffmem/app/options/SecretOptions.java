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
  private static final String HOW_TO_MAKE = "(umask 077; openssl rand -hex 32 > %s)";

  @Option(
      names = "--secret",
      paramLabel = "FILE",
      description =
          "The deployment's secret, the same file for all its processes, mode 0600. Make it once:"
              + " (umask 077; openssl rand -hex 32 > FILE). With --data the folder has one.")
  private @Nullable Path file;

  @Option(
      names = "--pseudonyms",
      description =
          "On topics, in stores and in logs people have pseudonyms by the secret instead of their"
              + " names. Give it to gateway, replay, demo, dashboard, topology and memory commands"
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
   * What people are called in a process that runs everything, or brings frames to a cluster that is
   * named. Without a folder, and without a file, the secret is drawn for this run; once, so ask
   * once.
   *
   * @throws StartException if people are to have pseudonyms and there is no secret
   */
  public Pseudonyms ofRun(OneProcessOptions process) {
    if (!process.isEmbedded()) {
      return pseudonyms();
    }
    if (process.data() == null && file == null && !withPseudonyms) {
      return Pseudonyms.hashedBy(DeploymentSecret.drawn());
    }
    Path data = process.data();
    return keyed(
        pseudonyms(data),
        "to have a secret, export the memories and import them into a new folder, which makes one");
  }

  /**
   * Says on standard error that the hashes of people have no key, where they have none. For a stage
   * of a cluster that has just started: before, there may be more to say that matters more.
   */
  public static void tellOfStage(Pseudonyms found) {
    var unused =
        keyed(
            found,
            "to have a secret, begin with one, "
                + HOW_TO_MAKE.formatted("FILE")
                + ", and give --secret FILE to topology, gateway and dashboard alike");
  }

  private static Pseudonyms keyed(Pseudonyms found, String remedy) {
    if (found.hashKey() == null) {
      System.err.printf(
          "There is no secret, so people stand in the store, in blocks and in logs by a hash that"
              + " anybody who knows a name can compute; %s (docs/security.md, The deployment's"
              + " secret).%n",
          remedy);
    }
    return found;
  }

  /**
   * What people are called inside, where a folder holds all data: it holds the secret, too, where
   * none is named. It is made at the folder's first start, and never again: a folder that has data
   * and no secret goes on without, and so does the store, if it was begun so.
   *
   * @param data folder; null if there is none
   * @throws StartException if people are to have pseudonyms and there is no secret
   */
  public Pseudonyms pseudonyms(@Nullable Path data) {
    if (file != null || data == null) {
      return pseudonyms();
    }
    Path secret = data.resolve(IN_FOLDER);
    if (!Files.exists(secret) && Files.exists(data.resolve("kafka"))) {
      if (!withPseudonyms) {
        return Pseudonyms.none();
      }
      throw new StartException(
          "the folder %s has data and no %s: with a new one, people who have pseudonyms would be somebody else; put the old one back, or make one by: %s"
              .formatted(data, IN_FOLDER, HOW_TO_MAKE.formatted(secret)));
    }
    try {
      OwnerOnly.createFolders(data);
    } catch (IOException e) {
      throw new StartException("the folder " + data + " cannot be made: " + e, e);
    }
    return by(DeploymentSecret.readOrMake(secret));
  }

  /**
   * What people are called inside.
   *
   * @throws StartException if they are to have pseudonyms and there is no secret
   */
  public Pseudonyms pseudonyms() {
    Optional<DeploymentSecret> secret = read();
    if (secret.isEmpty() && withPseudonyms) {
      throw new StartException("--pseudonyms needs --secret FILE");
    }
    return secret.map(this::by).orElse(Pseudonyms.none());
  }

  private Pseudonyms by(DeploymentSecret secret) {
    return withPseudonyms ? Pseudonyms.by(secret) : Pseudonyms.hashedBy(secret);
  }
}
