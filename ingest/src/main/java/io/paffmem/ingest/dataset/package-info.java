/**
 * Recorded data sets, one reader a format: {@link io.paffmem.ingest.dataset.FacialExpressions}
 * reads photographs sorted by basic emotion, {@link io.paffmem.ingest.dataset.AffectNet} reads
 * those rated on the plane of arousal and valence, {@link io.paffmem.ingest.dataset.OmgEmotion}
 * reads videos cut into rated utterances, and {@link io.paffmem.ingest.dataset.Expression} places
 * the basic emotions on that plane. {@link io.paffmem.ingest.dataset.RecordedName} says what frames
 * of a data set are called when it is replayed.
 */
@NullMarked
package io.paffmem.ingest.dataset;

import org.jspecify.annotations.NullMarked;
