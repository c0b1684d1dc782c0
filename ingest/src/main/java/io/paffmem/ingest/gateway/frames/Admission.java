package io.paffmem.ingest.gateway.frames;

import io.paffmem.access.AccessTokens;
import io.paffmem.access.Grant;
import io.paffmem.schemas.PersonHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who may publish what: rights, consent, and what is prohibited whatever the rights. */
public final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final AccessTokens tokens;
  private final boolean requireConsent;

  /**
   * @param requireConsent whether a stream without a reference to a consent is refused
   */
  public Admission(AccessTokens tokens, boolean requireConsent) {
    this.tokens = tokens;
    this.requireConsent = requireConsent;
  }

  /** Why this stream may not be published with this token; empty if it may. */
  public Optional<Reply.Refused> refusal(@Nullable String token, Declaration declared) {
    Optional<Grant> grant = tokens.grantOf(token);
    // Whether the token or the right is missing is not told: it would help to guess.
    if (grant.isEmpty() || !grant.get().mayPublish(declared.person(), declared.stream())) {
      return refuse(
          Refusal.UNAUTHORIZED,
          "no token that may publish frames of this person as this stream; ask who runs the"
              + " gateway");
    }
    if (declared.isProhibited()) {
      LOG.warn(
          "Refused a stream about {} without a medical or safety purpose (token '{}', person {})",
          declared.subjects(),
          grant.get().name(),
          PersonHash.of(declared.person()).shortHex());
      return refuse(
          Refusal.PURPOSE_PROHIBITED,
          "inferring emotions of people at work or in education is prohibited in the European"
              + " Union except for medical or safety reasons; declare the purpose medical or safety"
              + " if it is one");
    }
    if (requireConsent && declared.consent() == null) {
      return refuse(
          Refusal.CONSENT_MISSING,
          "this gateway takes only frames with a reference to the person's consent; give it as"
              + " consent");
    }
    if (declared.isExemption()) {
      LOG.warn(
          "Allowed a stream about {} for the declared purpose '{}' (token '{}', person {})",
          declared.subjects(),
          declared.purpose(),
          grant.get().name(),
          PersonHash.of(declared.person()).shortHex());
    }
    return Optional.empty();
  }

  private static Optional<Reply.Refused> refuse(Refusal reason, String message) {
    return Optional.of(new Reply.Refused(reason, message));
  }
}
