package io.paffmem.topology.format;

import io.paffmem.memory.guard.PersonLook;
import java.nio.ByteBuffer;

/** How a person looks. */
public final class LookRow {
  private LookRow() {}

  public static byte[] write(PersonLook look) {
    ByteBuffer row = RowFormat.begin(look.bytes());
    look.writeTo(row);
    return RowFormat.done(row);
  }

  public static PersonLook read(byte[] bytes) throws MalformedRowException {
    return RowFormat.read("look", bytes, PersonLook::readFrom);
  }
}
