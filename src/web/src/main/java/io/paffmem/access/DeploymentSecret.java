package io.paffmem.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all processes of one deployment share, in a file of its own that nobody but the
 * owner may read: 64 hex digits. Each purpose has a key of its own, derived from it.
 */
public final class DeploymentSecret {
  private static final int BYTES = 32;

  private final byte[] secret;

  private DeploymentSecret(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Reads it.
   *
   * @throws AccessException if it is not there, is none, or others may read it
   */
  public static DeploymentSecret read(Path file) {
    try {
      String text = Files.readString(file, US_ASCII).strip();
      if (OwnerOnly.othersMay(file)) {
        throw new AccessException(
            "the secret "
                + file
                + " can be read by others on this machine; chmod 600 "
                + file
                + ", and draw another if that was so for long");
      }
      byte[] secret = HexFormat.of().parseHex(text);
      if (secret.length == BYTES) {
        return new DeploymentSecret(secret);
      }
    } catch (NoSuchFileException e) {
      throw new AccessException(
          "the secret "
              + file
              + " is not there; make it once, and give all processes the same: (umask 077; openssl"
              + " rand -hex 32 > "
              + file
              + ")",
          e);
    } catch (IOException e) {
      throw new AccessException("the secret " + file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      // Said below, without what stands there.
    }
    throw new AccessException(
        "the secret " + file + " must be 64 hex digits, as openssl rand -hex 32 draws them");
  }

  /** One that nobody else knows, and that ends with the process. */
  public static DeploymentSecret drawn() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return new DeploymentSecret(random);
  }

  /** As {@link #read}, but makes it where it is not there: for a deployment of one process. */
  public static DeploymentSecret readOrMake(Path file) {
    if (!Files.exists(file)) {
      String text = HexFormat.of().formatHex(drawn().secret);
      try {
        OwnerOnly.create(file, (text + '\n').getBytes(US_ASCII));
      } catch (IOException e) {
        throw new AccessException("the secret " + file + " cannot be written: " + e, e);
      }
    }
    return read(file);
  }

  /**
   * A key of 32 bytes for one purpose, from which neither the secret nor another key can be told.
   */
  public byte[] key(String purpose) {
    return hmac(secret, purpose.getBytes(UTF_8));
  }

  /** HMAC-SHA-256. */
  public static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "DeploymentSecret[not shown]";
  }
}
