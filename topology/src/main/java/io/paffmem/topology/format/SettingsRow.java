package io.paffmem.topology.format;

import java.nio.ByteBuffer;
import java.util.Map;

/** What the memories of a store are made with. */
public final class SettingsRow {
  private SettingsRow() {}

  public static byte[] write(StoredSettings settings) {
    Map<String, String> texts = settings.toTexts();
    ByteBuffer row = RowFormat.begin(TextMap.bytes(texts));
    TextMap.put(row, texts);
    return RowFormat.done(row);
  }

  public static StoredSettings read(byte[] bytes) throws MalformedRowException {
    return RowFormat.read("settings", bytes, row -> StoredSettings.of(TextMap.get(row)));
  }
}
