package io.paffmem.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Many readers of Server-Sent Events, who count them and do nothing else; one thread for all. */
final class CountingReaders implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final AtomicLongArray events;
  private final Thread thread = new Thread(this::read, "counting-readers");
  private volatile boolean closed;
  private final AtomicInteger gone = new AtomicInteger();

  private static final class Reader {
    final int number;
    boolean afterNewline;

    /** The stream's beginning ends as an event does. */
    long count = -1;

    Reader(int number) {
      this.number = number;
    }
  }

  CountingReaders(int port, String token, int readers) throws IOException {
    events = new AtomicLongArray(readers);
    for (int i = 0; i < readers; i++) {
      events.set(i, -1);
    }
    byte[] request =
        String.join(
                "\r\n",
                "GET /v1/emotions HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + token,
                "Connection: close", // so that the end of the stream is seen
                "",
                "")
            .getBytes(UTF_8);
    for (int i = 0; i < readers; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.write(ByteBuffer.wrap(request));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Reader(i));
    }
    thread.start();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    byte[] bytes = new byte[1 << 18];
    try {
      while (!closed) {
        selector.select(
            key -> {
              try {
                read(key, buffer, bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer, byte[] bytes) throws IOException {
    Reader reader = (Reader) key.attachment();
    int length = ((SocketChannel) key.channel()).read(buffer.clear());
    if (length < 0) {
      key.cancel();
      gone.incrementAndGet();
      return;
    }
    buffer.flip().get(bytes, 0, length);
    boolean afterNewline = reader.afterNewline;
    for (int i = 0; i < length; i++) {
      boolean isNewline = bytes[i] == '\n';
      if (isNewline && afterNewline) {
        reader.count++;
      }
      afterNewline = isNewline;
    }
    reader.afterNewline = afterNewline;
    events.set(reader.number, reader.count);
  }

  /** Events that the reader who is last has; -1 before it has begun. */
  long least() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < events.length(); i++) {
      least = Math.min(least, events.get(i));
    }
    return least;
  }

  /** Readers whom the server has ended. */
  int gone() {
    return gone.get();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
