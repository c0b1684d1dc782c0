package io.paffmem.topology.person;

/** A frame among one person's frames. */
public record FrameKey(TextHash stream, long sequence) {}
