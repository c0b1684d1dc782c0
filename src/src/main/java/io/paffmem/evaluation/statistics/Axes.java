package io.paffmem.evaluation.statistics;

import org.jspecify.annotations.Nullable;

/** A figure of each axis. */
public record Axes(@Nullable Double arousal, @Nullable Double valence) {}
