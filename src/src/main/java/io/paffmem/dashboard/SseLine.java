package io.paffmem.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** A reader of Server-Sent Events. */
final class SseLine implements Reader.Line {
  private static final byte[] DROPPED =
      ("event: dropped\ndata: {\"error\":\"slow_reader\",\"message\":\"" + Slow.MESSAGE + "\"}\n\n")
          .getBytes(UTF_8);

  private final EventStream stream;

  SseLine(EventStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(List<Chunk> chunks, WriteProgress progress) {
    stream.write(chunks.size() == 1 ? chunks.get(0).bytes() : joined(chunks), progress);
  }

  private static byte[] joined(List<Chunk> chunks) {
    int length = 0;
    for (Chunk chunk : chunks) {
      length += chunk.bytes().length;
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (Chunk chunk : chunks) {
      System.arraycopy(chunk.bytes(), 0, bytes, at, chunk.bytes().length);
      at += chunk.bytes().length;
    }
    return bytes;
  }

  @Override
  public void ping(WriteProgress progress) {
    stream.write(EventStream.PING, progress);
  }

  @Override
  public void drop() {
    stream.writeLast(DROPPED);
  }

  @Override
  public void end() {
    stream.end();
  }

  @Override
  public void abort() {
    stream.abort();
  }
}
