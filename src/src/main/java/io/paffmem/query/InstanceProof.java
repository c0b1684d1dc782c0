package io.paffmem.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.access.DeploymentSecret;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * By which one instance of the topology shows another that it belongs to the deployment, and that
 * somebody with the right asked it: a signature over the time and the person. The address of the
 * other instance comes from the group's members, so no caller's token is sent there; what is sent
 * opens this person's memory alone, and for half a minute.
 */
public final class InstanceProof {
  static final String HEADER = "Paffmem-Instance";

  private static final long GOOD_MILLIS = 30_000;

  private final byte[] key;
  private final InstantSource clock;

  public InstanceProof(DeploymentSecret secret, InstantSource clock) {
    this.key = secret.key("instances of the topology");
    this.clock = clock;
  }

  /** The header's value. */
  String of(String person) {
    long now = clock.millis();
    return now + ":" + signature(now, person);
  }

  /** Whether it was made lately, by somebody with the secret, for this person. */
  boolean isGood(@Nullable String proof, String person) {
    int colon = proof == null ? -1 : proof.indexOf(':');
    if (proof == null || colon < 0) {
      return false;
    }
    long madeAt;
    try {
      madeAt = Long.parseLong(proof.substring(0, colon));
    } catch (NumberFormatException e) {
      return false;
    }
    byte[] wanted = signature(madeAt, person).getBytes(UTF_8);
    byte[] given = proof.substring(colon + 1).getBytes(UTF_8);
    return MessageDigest.isEqual(wanted, given) && Math.abs(clock.millis() - madeAt) <= GOOD_MILLIS;
  }

  private String signature(long millis, String person) {
    byte[] message = (millis + "\n" + person).getBytes(UTF_8);
    return HexFormat.of().formatHex(DeploymentSecret.hmac(key, message));
  }
}
