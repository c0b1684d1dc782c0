package io.paffmem.dashboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.dashboard.live.Chunk;
import io.paffmem.dashboard.live.EventReader;
import io.paffmem.dashboard.live.SharedBytes;
import io.paffmem.dashboard.live.WriteProgress;
import java.util.List;

/** A reader of Server-Sent Events. */
final class SseLine implements EventReader.Line {
  private static final byte[] DROPPED =
      ("event: dropped\ndata: {\"error\":\"slow_reader\",\"message\":\"" + Slow.MESSAGE + "\"}\n\n")
          .getBytes(UTF_8);

  private final EventStream stream;

  SseLine(EventStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(List<Chunk> chunks, WriteProgress progress) {
    stream.write(SharedBytes.joined(chunks.stream().map(Chunk::bytes).toList()), progress);
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
