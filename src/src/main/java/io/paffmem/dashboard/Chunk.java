package io.paffmem.dashboard;

import java.util.List;

/** Events that came together, for every reader who may see them: put together once. */
final class Chunk {
  private final List<EmotionMessage> messages;
  private final SharedBytes bytes;

  Chunk(List<EmotionMessage> messages) {
    this.messages = List.copyOf(messages);
    bytes = new SharedBytes(joined(messages));
  }

  private static byte[] joined(List<EmotionMessage> messages) {
    if (messages.size() == 1) {
      return messages.get(0).serverSentEvent();
    }
    int length = 0;
    for (EmotionMessage message : messages) {
      length += message.serverSentEvent().length;
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (EmotionMessage message : messages) {
      byte[] one = message.serverSentEvent();
      System.arraycopy(one, 0, bytes, at, one.length);
      at += one.length;
    }
    return bytes;
  }

  List<EmotionMessage> messages() {
    return messages;
  }

  /** All Server-Sent Events, one after another; not to be changed. */
  byte[] bytes() {
    return bytes.bytes();
  }

  /** The same, as {@link QueueBudget} counts them. */
  SharedBytes shared() {
    return bytes;
  }
}
