package io.paffmem.chain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports for what is closed and opened again, or bound by another process. They lie below
 * those that a system hands out by itself: nobody gets one by chance while it is not bound, not
 * even a client that connects to it again and again.
 */
public final class QuietPorts {
  private static final int FIRST = 20_000;
  private static final int PORTS = 10_000;
  private static final int ATTEMPTS = 100;

  private QuietPorts() {}

  /** One that is free now. */
  public static int next() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = FIRST + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
