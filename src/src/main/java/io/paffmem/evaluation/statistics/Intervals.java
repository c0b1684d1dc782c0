package io.paffmem.evaluation.statistics;

import org.jspecify.annotations.Nullable;

/** An interval of each axis. */
public record Intervals(@Nullable Interval arousal, @Nullable Interval valence) {}
