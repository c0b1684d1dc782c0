package io.paffmem.evaluation.statistics;

/** A 95 % interval by bootstrap over people. */
public record Interval(double low, double high) {}
