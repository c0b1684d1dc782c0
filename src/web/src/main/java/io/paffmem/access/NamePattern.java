package io.paffmem.access;

/** A name, or with a star at its end every name that begins so; the star alone is every name. */
record NamePattern(String text) {
  boolean matches(String name) {
    return text.endsWith("*")
        ? name.startsWith(text.substring(0, text.length() - 1))
        : name.equals(text);
  }

  /** A star elsewhere would read like a promise that is not kept. */
  boolean isValid() {
    int star = text.indexOf('*');
    return !text.isEmpty() && (star < 0 || star == text.length() - 1);
  }
}
