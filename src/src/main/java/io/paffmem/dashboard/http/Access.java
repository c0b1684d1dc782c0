package io.paffmem.dashboard.http;

import io.paffmem.access.AccessTokens;
import io.paffmem.access.Audit;
import io.paffmem.access.Grant;
import io.paffmem.access.Pseudonyms;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonKey;
import io.paffmem.web.BearerToken;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Who may see, and forget, whom. */
public final class Access {

  private final AccessTokens tokens;
  private final Pseudonyms pseudonyms;
  private final PersonHasher hasher;

  public Access(AccessTokens tokens, Pseudonyms pseudonyms) {
    this.tokens = tokens;
    this.pseudonyms = pseudonyms;
    this.hasher = PersonHasher.by(pseudonyms.hashKey());
  }

  /**
   * Notes what the bearer of a token does.
   *
   * @param people empty for all whom the token may read
   */
  void note(Grant grant, Audit.Action action, Collection<String> people) {
    if (people.isEmpty()) {
      tokens.audit().note(grant, action, Audit.EVERYBODY);
    }
    for (String person : people) {
      tokens.audit().note(grant, action, hash(person));
    }
  }

  /** As {@link #note}, of what a page asks for again and again. */
  void noteOften(Grant grant, Audit.Action action, String person) {
    tokens.audit().noteOften(grant, action, hash(person));
  }

  /**
   * What the bearer of a token may do.
   *
   * @throws RefusedException if the token is none
   */
  Grant grant(@Nullable String authorization) {
    return tokens
        .grantOf(BearerToken.of(authorization))
        .orElseThrow(
            () ->
                new RefusedException(
                    ApiError.UNAUTHORIZED,
                    "no token that is good here; send it as Authorization: Bearer TOKEN"));
  }

  /**
   * As {@link #grant}, for those who read anything of anybody.
   *
   * @throws RefusedException if the token may read nobody
   */
  Grant reader(@Nullable String authorization) {
    Grant grant = grant(authorization);
    if (!grant.mayReadSome()) {
      throw forbidden("read anybody");
    }
    return grant;
  }

  /**
   * As {@link #grant}, for those who read of these people.
   *
   * @throws RefusedException if the token may not read all of them
   */
  Grant reader(@Nullable String authorization, Collection<String> people) {
    Grant grant = reader(authorization);
    for (String person : people) {
      checkName(person);
      if (!grant.mayRead(person)) {
        throw forbidden("read this person");
      }
    }
    return grant;
  }

  /**
   * For those who forget a person.
   *
   * @throws RefusedException if the token may not
   */
  Grant forgetter(@Nullable String authorization, String person) {
    Grant grant = grant(authorization);
    checkName(person);
    if (!grant.mayForget(person)) {
      throw forbidden("forget this person");
    }
    return grant;
  }

  /** As all logs have it. */
  private String hash(String person) {
    return hasher.of(pseudonyms.of(person)).shortHex();
  }

  private static void checkName(String person) {
    if (person.isEmpty() || person.length() > PersonKey.MAX_CHARACTERS) {
      throw new RefusedException(
          ApiError.INVALID_REQUEST,
          "a person has 1 to " + PersonKey.MAX_CHARACTERS + " characters");
    }
  }

  private RefusedException forbidden(String what) {
    tokens.lackedRight();
    return new RefusedException(
        ApiError.FORBIDDEN,
        "the token does not have the right to " + what + "; ask who runs the dashboard");
  }
}
