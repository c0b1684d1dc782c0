package io.paffmem.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback interface that nobody listens on, at this moment. */
record LoopbackPorts(int client, int controller) {
  static final String HOST = "127.0.0.1";

  private static final byte[] ADDRESS_BYTES = {127, 0, 0, 1};

  static LoopbackPorts find(int wantedClientPort) {
    // Both are held until both are known, so that they differ.
    try (ServerSocket client = bind(wantedClientPort);
        ServerSocket controller = bind(0)) {
      return new LoopbackPorts(client.getLocalPort(), controller.getLocalPort());
    } catch (IOException e) {
      throw new EmbeddedBrokerException(inUse(wantedClientPort), e);
    }
  }

  static String inUse(int port) {
    return port == 0
        ? "The broker finds no free port on " + HOST
        : "Port %d on %s is in use; choose another, or 0 for any".formatted(port, HOST);
  }

  static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS_BYTES), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
