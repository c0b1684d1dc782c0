/**
 * Recorded data sets, one reader a format: {@link io.paffmem.ingest.dataset.FacialExpressions}
 * reads photographs sorted by basic emotion, {@link io.paffmem.ingest.dataset.FerPlus} reads
 * photographs that ten people voted for, {@link io.paffmem.ingest.dataset.AffectNet} reads
 * photographs that were rated for arousal and valence, and {@link
 * io.paffmem.ingest.dataset.OmgEmotion} reads videos cut into rated utterances. {@link
 * io.paffmem.ingest.dataset.Expression} places the basic emotions on the plane of arousal and
 * valence.
 *
 * <p>{@link io.paffmem.ingest.dataset.Recorded} is a piece of a data set that can be replayed;
 * {@link io.paffmem.ingest.dataset.RecordedName} says what its frames are called.
 */
@NullMarked
package io.paffmem.ingest.dataset;

import org.jspecify.annotations.NullMarked;
