package io.paffmem.dashboard.live;

import java.util.List;

/** Events that came together, for every reader who may see them: put together once. */
public final class Chunk {
  private final List<EmotionMessage> messages;
  private final SharedBytes bytes;

  Chunk(List<EmotionMessage> messages) {
    this.messages = List.copyOf(messages);
    bytes =
        new SharedBytes(
            SharedBytes.joined(messages.stream().map(EmotionMessage::serverSentEvent).toList()));
  }

  public List<EmotionMessage> messages() {
    return messages;
  }

  /** All Server-Sent Events, one after another; not to be changed. */
  public byte[] bytes() {
    return bytes.bytes();
  }

  /** The same, as {@link QueueBudget} counts them. */
  SharedBytes shared() {
    return bytes;
  }
}
