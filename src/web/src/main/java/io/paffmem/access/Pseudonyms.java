package io.paffmem.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What people are called on topics: themselves, or by pseudonyms that nobody can make or read
 * without the deployment's secret. A person has one pseudonym, so that everything that counts by
 * person goes on as before; where names are taken in and given out again (gateway, dashboard,
 * commands), they are names. In stores and in logs a hash stands for either; its key, too, is the
 * secret's.
 *
 * <p>A pseudonym is the name, filled up to 16 bytes, encrypted so that the same name gives the same
 * text and any change is noticed: the initial value of AES-CTR is the HMAC of the name (RFC 5297's
 * idea, with HMAC-SHA-256). Thread-safe.
 */
public final class Pseudonyms {
  private static final String MARK = "~";
  private static final int BLOCK = 16;
  private static final byte END = (byte) 0x80;
  private static final Pseudonyms NONE = new Pseudonyms(null, null, null);

  private final byte @Nullable [] macKey;
  private final byte @Nullable [] cipherKey;
  private final byte @Nullable [] hashKey;

  private Pseudonyms(
      byte @Nullable [] macKey, byte @Nullable [] cipherKey, byte @Nullable [] hashKey) {
    this.hashKey = hashKey;
    this.macKey = macKey;
    this.cipherKey = cipherKey;
  }

  /** Everybody is called as they are, and hashed without a key. */
  public static Pseudonyms none() {
    return NONE;
  }

  /** Everybody is called as they are; their hashes are by this secret. */
  public static Pseudonyms hashedBy(DeploymentSecret secret) {
    return new Pseudonyms(null, null, hashKey(secret));
  }

  /** By this secret. */
  public static Pseudonyms by(DeploymentSecret secret) {
    return new Pseudonyms(
        secret.key("pseudonyms: mac"), secret.key("pseudonyms: cipher"), hashKey(secret));
  }

  private static byte[] hashKey(DeploymentSecret secret) {
    return secret.key("hashes of people");
  }

  /** Key of the hashes that stand for people in stores and in logs; null without a secret. */
  public byte @Nullable [] hashKey() {
    return hashKey == null ? null : hashKey.clone();
  }

  /** Whether people have pseudonyms. */
  public boolean isOn() {
    return macKey != null;
  }

  /** What a person is called inside. */
  public String of(String name) {
    byte[] mac = macKey;
    byte[] cipher = cipherKey;
    if (mac == null || cipher == null) {
      return name;
    }
    byte[] filled = filled(name.getBytes(UTF_8));
    byte[] iv = iv(mac, filled);
    byte[] text = crypt(Cipher.ENCRYPT_MODE, cipher, iv, filled);
    byte[] all = ByteBuffer.allocate(iv.length + text.length).put(iv).put(text).array();
    return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * The name behind what a person is called inside. What is no pseudonym of this secret is a name
   * from before there were any, or from elsewhere, and stays.
   */
  public String name(String inside) {
    byte[] mac = macKey;
    byte[] cipher = cipherKey;
    if (mac == null || cipher == null || !inside.startsWith(MARK)) {
      return inside;
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(inside.substring(MARK.length()));
    } catch (IllegalArgumentException e) {
      return inside;
    }
    if (all.length < 2 * BLOCK || all.length % BLOCK != 0) {
      return inside;
    }
    byte[] iv = Arrays.copyOf(all, BLOCK);
    byte[] filled =
        crypt(Cipher.DECRYPT_MODE, cipher, iv, Arrays.copyOfRange(all, BLOCK, all.length));
    if (!MessageDigest.isEqual(iv, iv(mac, filled))) {
      return inside;
    }
    int end = filled.length - 1;
    while (filled[end] == 0) {
      end--;
    }
    return new String(filled, 0, end, UTF_8);
  }

  /** So that the length tells little: a name of up to 15 bytes is as long as any other. */
  private static byte[] filled(byte[] name) {
    byte[] filled = Arrays.copyOf(name, (name.length / BLOCK + 1) * BLOCK);
    filled[name.length] = END;
    return filled;
  }

  private static byte[] iv(byte[] key, byte[] filled) {
    return Arrays.copyOf(DeploymentSecret.hmac(key, filled), BLOCK);
  }

  private static byte[] crypt(int mode, byte[] key, byte[] iv, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES with keys of 32 bytes", e);
    }
  }

  @Override
  public String toString() {
    return "Pseudonyms[%s]".formatted(isOn() ? "on" : hashKey == null ? "none" : "hashes");
  }
}
