package io.paffmem.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All tokens that are good here. Immutable. */
public final class AccessTokens {
  /** Characters of the shortest token; a token is to be drawn at random, not thought up. */
  public static final int LEAST_TOKEN_LENGTH = 16;

  /** One token. */
  record Entry(byte[] sha256, Grant grant) {}

  private final List<Entry> entries;

  AccessTokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads an access file, JSON:
   *
   * <pre>{@code
   * {"tokens": [{
   *   "name": "call centre",
   *   "sha256": "64 hex digits of the token's SHA-256",
   *   "publish": {"people": ["caller-*"], "streams": ["*"]},
   *   "read": ["caller-*"],
   *   "forget": ["caller-*"]
   * }]}
   * }</pre>
   *
   * Instead of {@code sha256} a {@code token} may stand there itself, if nobody but the owner may
   * read the file. A right that is not named is not given.
   *
   * @throws AccessException naming all that is wrong
   */
  public static AccessTokens read(Path file) {
    return new AccessTokens(AccessFile.read(file));
  }

  /**
   * One token with every right.
   *
   * @throws AccessException if it is too short
   */
  public static AccessTokens single(String token) {
    if (token.length() < LEAST_TOKEN_LENGTH) {
      throw new AccessException(
          "the token has %d characters, must have at least %d; draw one with: openssl rand -hex 32"
              .formatted(token.length(), LEAST_TOKEN_LENGTH));
    }
    return new AccessTokens(List.of(new Entry(sha256(token), Grant.everything("token"))));
  }

  /**
   * What the bearer of a token may do; empty if it is none. Takes the same time whatever the token
   * shares with the good ones: digests are compared, each in constant time, and all of them.
   */
  public Optional<Grant> grantOf(@Nullable String token) {
    byte[] digest = sha256(token == null ? "" : token);
    Grant found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.sha256(), digest)) {
        found = entry.grant();
      }
    }
    return Optional.ofNullable(token == null ? null : found);
  }

  static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
