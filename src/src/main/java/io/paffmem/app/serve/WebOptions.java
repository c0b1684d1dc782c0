package io.paffmem.app.serve;

import io.paffmem.start.StartException;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebConfig.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a web server listens, and whether it encrypts. */
final class WebOptions {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on; default ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "PKCS12 or JKS with certificate and key; makes it https and wss.")
  private @Nullable Path tlsKeystore;

  @Option(
      names = "--tls-password",
      paramLabel = "PASSWORD",
      description = "Of the keystore; better in the environment: PAFFMEM_TLS_PASSWORD.")
  private @Nullable String tlsPassword;

  @Option(
      names = "--plain-text",
      description = "Allow plain text beyond loopback, where something in front encrypts.")
  private boolean plainText;

  /**
   * All of it.
   *
   * @throws StartException if the keystore is not there
   */
  WebConfig web(int port) {
    return new WebConfig(host, port, tls(), plainText);
  }

  private @Nullable Tls tls() {
    Path keystore = tlsKeystore;
    if (keystore == null) {
      if (tlsPassword != null) {
        throw new StartException("--tls-password needs --tls-keystore");
      }
      return null;
    }
    if (!Files.isReadable(keystore)) {
      throw new StartException("--tls-keystore " + keystore + " cannot be read");
    }
    return new Tls(keystore, tlsPassword == null ? "" : tlsPassword);
  }
}
