package io.paffmem.broker;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.jspecify.annotations.Nullable;

/**
 * Knows one user by SCRAM, whose secret stands in the listener's own login. So no credential is
 * written to the cluster's metadata, where it would outlive the run, and the controller, which
 * comes up before there is any metadata, asks for it, too.
 *
 * <p>Public for Kafka, which makes it by reflection.
 */
public final class OneUser implements AuthenticateCallbackHandler {
  // The secret has 256 random bits: more iterations would protect nothing.
  private static final int ITERATIONS = 4096;

  private @Nullable String user;
  private @Nullable ScramCredential credential;

  @Override
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> logins) {
    Map<String, ?> login = logins.get(0).getOptions();
    user = String.valueOf(login.get("username"));
    try {
      credential =
          new ScramFormatter(ScramMechanism.SCRAM_SHA_256)
              .generateCredential(String.valueOf(login.get("password")), ITERATIONS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    String asked = null;
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        asked = name.getDefaultName();
      } else if (callback instanceof ScramCredentialCallback wanted) {
        if (Objects.equals(asked, user)) {
          wanted.scramCredential(credential);
        }
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {}
}
