package io.paffmem.dashboard;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Events that came together, for every reader who may see them: put together once. */
final class Chunk {
  private final List<EmotionMessage> messages;
  private final byte[] bytes;
  private final AtomicInteger waits = new AtomicInteger();

  Chunk(List<EmotionMessage> messages) {
    this.messages = List.copyOf(messages);
    if (messages.size() == 1) {
      bytes = messages.get(0).serverSentEvent();
    } else {
      int length = 0;
      for (EmotionMessage message : messages) {
        length += message.serverSentEvent().length;
      }
      bytes = new byte[length];
      int at = 0;
      for (EmotionMessage message : messages) {
        byte[] one = message.serverSentEvent();
        System.arraycopy(one, 0, bytes, at, one.length);
        at += one.length;
      }
    }
  }

  List<EmotionMessage> messages() {
    return messages;
  }

  /** For how many readers it waits, as {@link QueueBudget} counts. */
  AtomicInteger waits() {
    return waits;
  }

  /** All Server-Sent Events, one after another; not to be changed. */
  byte[] bytes() {
    return bytes;
  }
}
