package io.paffmem.evaluation.statistics;

/** One measure, by whose answers it is of. */
public record ByAnswer<T>(T prior, T memory) {}
