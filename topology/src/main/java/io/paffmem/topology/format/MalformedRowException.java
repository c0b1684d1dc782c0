package io.paffmem.topology.format;

import org.jspecify.annotations.Nullable;

/** A row that cannot be read, or rows that do not fit together: a person's state is damaged. */
public final class MalformedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedRowException(String message) {
    this(message, null);
  }

  public MalformedRowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
