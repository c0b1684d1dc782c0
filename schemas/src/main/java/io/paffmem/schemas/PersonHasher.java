package io.paffmem.schemas;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the hashes that stand for people, and for what else a name may be guessed of: references to
 * consents, streams. With the deployment's key, the first 16 bytes of the HMAC-SHA-256 of the
 * text's UTF-8 bytes, which nobody without the key can compute or check. Without one, of their
 * SHA-256: anybody who knows a name can compute that. Immutable; thread-safe.
 */
public final class PersonHasher {
  private static final String MAC = "HmacSHA256";
  private static final PersonHasher PLAIN = new PersonHasher(null);

  /** Holds the key and is never fed: a copy costs less than a MAC that is set up for each text. */
  private final @Nullable Mac mac;

  private PersonHasher(@Nullable Mac mac) {
    this.mac = mac;
  }

  /** Without a key. */
  public static PersonHasher plain() {
    return PLAIN;
  }

  /** With the deployment's key, where it has one. */
  public static PersonHasher by(byte @Nullable [] key) {
    return key == null ? PLAIN : keyed(key);
  }

  /** With the deployment's key. */
  public static PersonHasher keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return new PersonHasher(mac);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has " + MAC, e);
    }
  }

  /** What stands for a person's name, or another text. */
  public PersonHash of(String text) {
    byte[] bytes = PersonKey.bytes(text);
    Mac keyed = mac;
    ByteBuffer hash =
        ByteBuffer.wrap(keyed == null ? sha256().digest(bytes) : copy(keyed).doFinal(bytes));
    return new PersonHash(hash.getLong(), hash.getLong());
  }

  /**
   * Tells one key from another, and nothing else of it: 16 hex digits, the hash of the empty name,
   * which nobody has. Empty without a key.
   */
  public String fingerprint() {
    return mac == null ? "" : HexFormat.of().toHexDigits(of("").high());
  }

  private static Mac copy(Mac mac) {
    try {
      return (Mac) mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(mac.getProvider() + " cannot copy " + MAC, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "PersonHasher[" + (mac == null ? "plain" : "keyed") + "]";
  }
}
