package io.paffmem.ingest.gateway.frames;

import io.paffmem.access.AccessTokens;
import io.paffmem.access.Audit;
import io.paffmem.access.Grant;
import io.paffmem.access.Pseudonyms;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who may publish what: rights, consent, and what is prohibited whatever the rights. */
public final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  /** What a feed is told. */
  public static final String WITHDRAWN =
      "the consent was withdrawn, or the person is not to be watched; send nothing more of them"
          + " under it";

  /** Whose pseudonym is no longer than a person's name may be. */
  private static final int MOST_NAME_BYTES = 159;

  /** For the length of the longest name of a stream of many. */
  private static final int MOST_PEOPLE = 999_999;

  private final AccessTokens tokens;
  private final Demands demands;
  private final Withdrawals withdrawals;
  private final Pseudonyms pseudonyms;
  private final PersonHasher hasher;

  /** What came of an attempt to open a stream. */
  public sealed interface Outcome {}

  /**
   * It may be published.
   *
   * @param grant of the token
   */
  public record Admitted(Grant grant) implements Outcome {}

  /** It may not. */
  public record Rejected(Reply.Refused reply) implements Outcome {}

  public Admission(
      AccessTokens tokens, Demands demands, Withdrawals withdrawals, Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
    this.hasher = PersonHasher.by(pseudonyms.hashKey());
    this.tokens = tokens;
    this.withdrawals = withdrawals;
    this.demands = demands;
  }

  /** Whether a token is good here, whatever it may do. */
  public boolean isKnown(String token) {
    return tokens.grantOf(token).isPresent();
  }

  /** Whether the consent of a stream was withdrawn, since it was opened perhaps. */
  public boolean isWithdrawn(Declaration declared) {
    return withdrawals.cover(pseudonyms.of(declared.person()), declared.consent());
  }

  /** The stream as it stands on the topics. */
  public Declaration inside(Declaration declared) {
    return declared.of(pseudonyms.of(declared.person()));
  }

  /**
   * Somebody in a stream of many, as they stand on the topics; empty if they are not to be watched.
   *
   * @param number from 1, in the order of their appearance
   */
  public Optional<String> member(Declaration declared, int number) {
    String inside = pseudonyms.of(declared.member(number));
    return withdrawals.cover(inside, declared.consent()) ? Optional.empty() : Optional.of(inside);
  }

  /** Looks whether the tokens have changed. */
  public void refresh() {
    tokens.refresh();
  }

  /** Whether this stream may be published with this token. */
  public Outcome judge(@Nullable String token, Declaration declared) {
    Optional<Grant> known = tokens.grantOf(token);
    // Whether the token or the right is missing is not told: it would help to guess.
    // Of a stream of many, for whatever number: a right for one of the names is too little.
    String published = declared.isOfMany() ? declared.memberPrefix() : declared.person();
    if (known.isEmpty() || !known.get().mayPublish(published, declared.stream())) {
      if (known.isPresent()) {
        tokens.lackedRight();
      }
      return refuse(
          Refusal.UNAUTHORIZED,
          "no token that may publish frames of this person as this stream; ask who runs the"
              + " gateway");
    }
    Grant grant = known.get();
    String inside = pseudonyms.of(declared.person());
    String hash = hasher.of(inside).shortHex();
    if (declared.isOfMany()
        && pseudonyms.of(declared.member(MOST_PEOPLE)).length() > PersonKey.MAX_CHARACTERS) {
      return refuse(
          Refusal.INVALID_MESSAGE,
          "person is too long for a stream of many, whose names have a number behind it");
    }
    if (inside.length() > PersonKey.MAX_CHARACTERS) {
      return refuse(
          Refusal.INVALID_MESSAGE,
          "person is too long for this gateway, which gives people pseudonyms: at most %d bytes"
              .formatted(MOST_NAME_BYTES));
    }
    Optional<Outcome> refusal = refusal(grant, declared, hash);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (declared.isExemption()) {
      LOG.warn(
          "Allowed a stream about {} for the declared purpose '{}' (token '{}', person {})",
          declared.subjects(),
          declared.purpose(),
          grant.name(),
          hash);
    }
    tokens.audit().noteOften(grant, Audit.Action.PUBLISH, hash);
    return new Admitted(grant);
  }

  private Optional<Outcome> refusal(Grant grant, Declaration declared, String hash) {
    if (demands.subjects() && declared.subjects() == null) {
      return Optional.of(
          refuse(
              Refusal.SUBJECTS_MISSING,
              "this gateway takes only streams that say whom they are about; give it as subjects"));
    }
    if (!grant.mayDeclare(declared.purpose())) {
      tokens.lackedRight();
      return Optional.of(
          refuse(
              Refusal.PURPOSE_PROHIBITED,
              "the token may not publish for this purpose; ask who runs the gateway"));
    }
    if (declared.isProhibited() || (declared.isExemption() && !grant.mayClaimExemption())) {
      LOG.warn(
          "Refused a stream about {} with the purpose '{}' (token '{}', person {})",
          declared.subjects(),
          declared.purpose(),
          grant.name(),
          hash);
      return Optional.of(
          refuse(
              Refusal.PURPOSE_PROHIBITED,
              "inferring emotions of people at work or in education is prohibited in the European"
                  + " Union except for medical or safety reasons; only a token with the right"
                  + " exempt may publish for these"));
    }
    String consent = declared.consent();
    if (demands.consent() && consent == null) {
      return Optional.of(
          refuse(
              Refusal.CONSENT_MISSING,
              "this gateway takes only frames with a reference to the person's consent; give it as"
                  + " consent"));
    }
    if (consent != null && !demands.isReference(consent)) {
      return Optional.of(
          refuse(
              Refusal.CONSENT_MISSING,
              "the consent is no reference of the form that this gateway takes"));
    }
    if (isWithdrawn(declared)) {
      LOG.info(
          "Refused a stream whose consent was withdrawn (token '{}', person {})",
          grant.name(),
          hash);
      return Optional.of(refuse(Refusal.CONSENT_WITHDRAWN, WITHDRAWN));
    }
    return Optional.empty();
  }

  private static Outcome refuse(Refusal reason, String message) {
    return new Rejected(new Reply.Refused(reason, message));
  }
}
