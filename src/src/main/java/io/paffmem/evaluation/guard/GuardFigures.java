package io.paffmem.evaluation.guard;

import io.paffmem.evaluation.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What a guard did.
 *
 * @param scenario in words
 * @param people who have a description
 * @param strangerFrames frames of others that came under their names
 * @param learnt part of these that was taken for the person's: the mean over people
 * @param learntInterval 95 %, by bootstrap over people
 * @param ownFrames of the people themselves, once they are described
 * @param refused part of these that was taken for a stranger's: the mean over people
 * @param refusedInterval likewise
 */
public record GuardFigures(
    String scenario,
    int people,
    long strangerFrames,
    double learnt,
    @Nullable Interval learntInterval,
    long ownFrames,
    double refused,
    @Nullable Interval refusedInterval) {}
