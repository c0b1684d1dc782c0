/**
 * Recorded data sets, one reader a format: {@link io.paffmem.ingest.dataset.FacialExpressions}
 * reads photographs sorted by basic emotion, {@link io.paffmem.ingest.dataset.Expression} places
 * these emotions on the plane of arousal and valence.
 */
@NullMarked
package io.paffmem.ingest.dataset;

import org.jspecify.annotations.NullMarked;
