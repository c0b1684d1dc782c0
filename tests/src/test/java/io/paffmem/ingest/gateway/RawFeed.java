package io.paffmem.ingest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A WebSocket by hand, which can do what a well-behaved one cannot: not read, not answer. */
final class RawFeed implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;

  /** With what a good-bye begins as it comes from the gateway; no other message has that byte. */
  static final int CLOSED = 0x80 | CLOSE;

  private final Socket socket = new Socket();

  RawFeed(int port) throws IOException {
    // Small, so that little is enough to fill it.
    socket.setReceiveBufferSize(2048);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        """
        GET /v1/feed HTTP/1.1
        Host: localhost
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

        """;
    socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) socket.getInputStream().read());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException(answer.toString());
    }
  }

  /** Sends one message, masked with zeros, which leave it as it is. */
  void send(int opcode, byte[] message) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(14 + message.length);
    frame.put((byte) (0x80 | opcode));
    if (message.length < 126) {
      frame.put((byte) (0x80 | message.length));
    } else {
      frame.put((byte) (0x80 | 127)).putLong(message.length);
    }
    frame.putInt(0).put(message);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  /** The next bytes, whatever they are. */
  byte[] read(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /** Reads on until that byte has come. */
  void readUntil(int wanted) throws IOException {
    int next;
    do {
      next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException();
      }
    } while (next != wanted);
  }

  /** Reads, without answering anything, until the other side ends it. */
  void readToTheEnd() throws IOException {
    InputStream in = socket.getInputStream();
    byte[] unread = new byte[4096];
    try {
      while (in.read(unread) >= 0) {
        // Not even pings are looked at.
      }
    } catch (SocketException e) {
      // Ended by a reset.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
