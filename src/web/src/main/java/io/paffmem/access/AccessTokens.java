package io.paffmem.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tokens that are good here. Of a file, it is looked at once a second whether it has changed;
 * the grants of tokens that are gone, or have other rights, are revoked then. Thread-safe.
 */
public final class AccessTokens {
  /** Characters of the shortest token; a token is to be drawn at random, not thought up. */
  public static final int LEAST_TOKEN_LENGTH = 16;

  private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SAY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** One token. */
  record Entry(byte[] sha256, Grant grant) {}

  private final @Nullable Path file;
  private final LongSupplier nanoTime;
  private final LongAdder unknownTokens = new LongAdder();
  private final LongAdder missingTokens = new LongAdder();
  private final LongAdder missingRights = new LongAdder();
  private final Audit audit;
  private volatile List<Entry> entries;
  private volatile long lookedNanos;

  // Guarded by this.
  private @Nullable Object seen;
  private long saidNanos;
  private long saidUnknown;

  AccessTokens(List<Entry> entries, @Nullable Path file, Audit audit, LongSupplier nanoTime) {
    this.audit = audit;
    this.entries = List.copyOf(entries);
    this.file = file;
    this.nanoTime = nanoTime;
    this.lookedNanos = nanoTime.getAsLong();
    this.saidNanos = lookedNanos - SAY_NANOS;
    this.seen = file == null ? null : state(file);
  }

  /**
   * Reads an access file, JSON:
   *
   * <pre>{@code
   * {"tokens": [{
   *   "name": "call centre",
   *   "sha256": "64 hex digits of the token's SHA-256",
   *   "publish": {"people": ["caller-*"], "streams": ["*"]},
   *   "purposes": ["training"],
   *   "exempt": false,
   *   "read": ["caller-*"],
   *   "forget": ["caller-*"],
   *   "teach": ["caller-*"]
   * }]}
   * }</pre>
   *
   * Instead of {@code sha256} a {@code token} may stand there itself, if nobody but the owner may
   * read the file. A right that is not named is not given; without {@code purposes} any may be
   * declared.
   *
   * @throws AccessException naming all that is wrong
   */
  public static AccessTokens read(Path file) {
    return read(file, System::nanoTime);
  }

  static AccessTokens read(Path file, LongSupplier nanoTime) {
    return new AccessTokens(AccessFile.read(file), file, Audit.toLog(), nanoTime);
  }

  /**
   * One token with every right but the exemption, which only a file gives.
   *
   * @throws AccessException if it is too short
   */
  public static AccessTokens single(String token) {
    return single(token, Audit.toLog());
  }

  /** As {@link #single}, for a run whose token nobody else has: what it does is not noted. */
  public static AccessTokens ofRun(String token) {
    return single(token, Audit.none());
  }

  private static AccessTokens single(String token, Audit audit) {
    if (token.length() < LEAST_TOKEN_LENGTH) {
      throw new AccessException(
          "the token has %d characters, must have at least %d; draw one with: openssl rand -hex 32"
              .formatted(token.length(), LEAST_TOKEN_LENGTH));
    }
    return new AccessTokens(
        List.of(new Entry(sha256(token), Grant.everything("token"))),
        null,
        audit,
        System::nanoTime);
  }

  /** Where it is noted what bearers do. */
  public Audit audit() {
    return audit;
  }

  /**
   * What the bearer of a token may do; empty if it is none. Takes the same time whatever the token
   * shares with the good ones: digests are compared, each in constant time, and all of them.
   */
  public Optional<Grant> grantOf(@Nullable String token) {
    refresh();
    byte[] digest = sha256(token == null ? "" : token);
    Grant found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.sha256(), digest)) {
        found = entry.grant();
      }
    }
    if (token == null) {
      missingTokens.increment();
      return Optional.empty();
    }
    if (found == null) {
      unknownTokens.increment();
      sayUnknown();
    }
    return Optional.ofNullable(found);
  }

  /** Reads the file again if it has changed; called as often as one likes. */
  public void refresh() {
    if (file != null && nanoTime.getAsLong() - lookedNanos >= LOOK_NANOS) {
      look(file);
    }
  }

  private synchronized void look(Path changing) {
    long now = nanoTime.getAsLong();
    if (now - lookedNanos < LOOK_NANOS) {
      return;
    }
    lookedNanos = now;
    Object state = state(changing);
    if (state.equals(seen)) {
      return;
    }
    seen = state;
    try {
      entries = merged(AccessFile.read(changing));
      LOG.warn("the access file {} has changed and was read again", changing);
    } catch (AccessException e) {
      LOG.error("the access file has changed and the tokens of before stay: {}", e.getMessage());
    }
  }

  /** Unchanged tokens keep their grant; the others' of before are revoked. */
  private List<Entry> merged(List<Entry> read) {
    List<Entry> left = new ArrayList<>(entries);
    List<Entry> merged = new ArrayList<>();
    for (Entry entry : read) {
      Entry same = null;
      for (Entry old : left) {
        if (MessageDigest.isEqual(old.sha256(), entry.sha256())
            && old.grant().isSameAs(entry.grant())) {
          same = old;
        }
      }
      left.remove(same);
      merged.add(same == null ? entry : same);
    }
    left.forEach(entry -> entry.grant().revoke());
    return List.copyOf(merged);
  }

  /** What changes when somebody writes the file or puts another in its place. */
  private static Object state(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
    } catch (IOException e) {
      return "cannot be read";
    }
  }

  /** Once a minute: whoever guesses must not fill the log. */
  private synchronized void sayUnknown() {
    long now = nanoTime.getAsLong();
    if (now - saidNanos >= SAY_NANOS) {
      saidNanos = now;
      long all = unknownTokens.sum();
      LOG.warn("{} requests had a token that is not known here", all - saidUnknown);
      saidUnknown = all;
    }
  }

  /** Notes that a bearer lacked a right. */
  public void lackedRight() {
    missingRights.increment();
  }

  /** Requests with a token that is none. */
  public long unknownTokens() {
    return unknownTokens.sum();
  }

  /** Requests without a token. */
  public long missingTokens() {
    return missingTokens.sum();
  }

  /** Requests with a good token without the right. */
  public long missingRights() {
    return missingRights.sum();
  }

  static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
