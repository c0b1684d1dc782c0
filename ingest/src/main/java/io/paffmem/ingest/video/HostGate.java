package io.paffmem.ingest.video;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy on loopback through which FFmpeg reads one HTTP address, and which connects to the host
 * of that address alone: FFmpeg follows redirects, and has no option that keeps them on a host. It
 * is there as long as the input is open. Thread-safe.
 */
final class HostGate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostGate.class);
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  private static final int PIECE_BYTES = 16 * 1024;
  private static final int BACKLOG = 50;
  private static final int HTTP_PORT = 80;

  /** The method, the host, the port, and of a whole URL the path. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "([A-Z]+) (?:http://)?(?:[^/?# ]*@)?(\\[[^\\]]*\\]|[^/:?# ]+)(?::([0-9]{1,5}))?([^ ]*) (HTTP/1\\.[01])");

  private final String host;
  private final int connectMillis;
  private final ServerSocket door;
  private final Set<Socket> open = new HashSet<>();
  private volatile @Nullable String problem;
  private volatile @Nullable String elsewhere;

  /**
   * Opens the gate.
   *
   * @param host as an address has it: one of IPv6 in brackets
   * @param connectMillis how long a connection may take
   * @throws VideoException if no port can be opened
   */
  HostGate(String host, int connectMillis) {
    this.host = host;
    this.connectMillis = connectMillis;
    try {
      door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new VideoException("no port on loopback can be opened (" + e.getMessage() + ")", e);
    }
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "host-gate");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where FFmpeg finds it. */
  String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** Why the last connection was not made, in words; empty if it was. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** The other host to which a visitor wanted to be led; empty if none did. */
  Optional<String> elsewhere() {
    return Optional.ofNullable(elsewhere);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket visitor = door.accept();
        if (keep(visitor)) {
          start(() -> serve(visitor));
        }
      } catch (IOException e) {
        LOG.debug("The gate is closed", e);
      }
    }
  }

  /** Whether it is kept; if not, the gate is closed and so is the socket. */
  private boolean keep(Socket socket) throws IOException {
    synchronized (open) {
      if (!door.isClosed()) {
        open.add(socket);
        return true;
      }
    }
    socket.close();
    return false;
  }

  private void serve(Socket visitor) {
    try {
      String head = head(visitor.getInputStream());
      int end = head.indexOf("\r\n");
      Matcher request = REQUEST.matcher(head.substring(0, end));
      if (!request.matches()) {
        refuse(visitor, "400 Bad Request", "asks for something that is no HTTP address");
        return;
      }
      String wanted = request.group(2);
      if (!wanted.equalsIgnoreCase(host)) {
        elsewhere = wanted;
        refuse(visitor, "403 Forbidden", "leads to another host");
        return;
      }
      boolean tunnel = request.group(1).equals("CONNECT");
      Socket server = new Socket();
      if (!keep(server)) {
        return;
      }
      int port = request.group(3) == null ? HTTP_PORT : Integer.parseInt(request.group(3));
      try {
        server.connect(new InetSocketAddress(bare(wanted), port), connectMillis);
      } catch (IOException | IllegalArgumentException e) {
        refuse(visitor, "502 Bad Gateway", String.valueOf(e.getMessage()));
        leave(server);
        return;
      }
      problem = null;
      if (tunnel) {
        send(visitor, "HTTP/1.1 200 OK\r\n\r\n");
      } else {
        String path = request.group(4);
        send(
            server,
            "%s %s %s%s"
                .formatted(
                    request.group(1),
                    path.startsWith("/") ? path : "/" + path,
                    request.group(5),
                    head.substring(end)));
      }
      start(() -> pump(visitor, server));
      pump(server, visitor);
    } catch (IOException e) {
      LOG.debug("A connection through the gate broke off", e);
      leave(visitor);
    }
  }

  /** Reads up to the empty line, and it. */
  private static String head(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = input.read();
      if (next < 0 || head.size() >= MOST_HEAD_BYTES) {
        throw new IOException("the request broke off");
      }
      head.write(next);
      matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(ISO_8859_1);
  }

  private static String bare(String named) {
    return named.startsWith("[") ? named.substring(1, named.length() - 1) : named;
  }

  private void refuse(Socket visitor, String status, String reason) throws IOException {
    problem = reason;
    send(visitor, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    leave(visitor);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Passes on what comes, until one side closes; then both are closed. */
  private void pump(Socket from, Socket to) {
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      byte[] piece = new byte[PIECE_BYTES];
      int length;
      while ((length = input.read(piece)) >= 0) {
        output.write(piece, 0, length);
      }
    } catch (IOException e) {
      LOG.debug("A connection through the gate ended", e);
    } finally {
      leave(from);
      leave(to);
    }
  }

  private void leave(Socket socket) {
    synchronized (open) {
      open.remove(socket);
    }
    close(socket);
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.debug("A socket did not close", e);
    }
  }

  @Override
  public void close() {
    close(door);
    synchronized (open) {
      open.forEach(HostGate::close);
      open.clear();
    }
  }
}
