package io.paffmem.topology.format;

/** A row that says all by its key: that a late seed waits, or a person's frames do. */
public final class MarkerRow {
  private MarkerRow() {}

  public static byte[] write() {
    return RowFormat.done(RowFormat.begin(0));
  }

  /**
   * Checks that it is one.
   *
   * @param name of its kind, for messages
   */
  public static void read(String name, byte[] bytes) throws MalformedRowException {
    RowFormat.read(name, bytes, row -> row);
  }
}
