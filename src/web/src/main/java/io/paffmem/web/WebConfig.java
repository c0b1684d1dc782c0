package io.paffmem.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a web server listens.
 *
 * @param host name or address of the interface
 * @param port 0 for any free one
 * @param tls null for plain text
 * @param plainTextAllowed whether plain text may leave this machine, because something in front
 *     encrypts, say; on loopback it always may
 */
public record WebConfig(String host, int port, @Nullable Tls tls, boolean plainTextAllowed) {

  /**
   * Where the certificate and its key are.
   *
   * @param keystore PKCS12 or JKS
   */
  public record Tls(Path keystore, String password) {
    @Override
    public String toString() {
      return "Tls[" + keystore + "]";
    }
  }

  /**
   * Checks everything, for the configuration of which this is a part.
   *
   * @param problems each value that is wrong, and what is allowed, is added
   */
  public void check(List<String> problems) {
    if (port < 0 || port > 65_535) {
      problems.add("port is " + port + "; allowed is 0 to 65535");
    }
    if (tls == null && !plainTextAllowed && !isLoopback(host)) {
      problems.add(
          "without TLS, what is personal would cross the network from "
              + host
              + " for anybody to see; give a keystore, listen on a loopback address, or allow plain"
              + " text because something in front encrypts");
    }
  }

  /** On loopback, in plain text. */
  public static WebConfig local(int port) {
    return new WebConfig("127.0.0.1", port, null, false);
  }

  /** The same on another port. */
  public WebConfig withPort(int other) {
    return new WebConfig(host, other, tls, plainTextAllowed);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
