/**
 * Recorded data sets, one reader a format: {@link io.paffmem.ingest.dataset.FacialExpressions}
 * reads photographs sorted by basic emotion, {@link io.paffmem.ingest.dataset.AffectNet} reads
 * those rated on the plane of arousal and valence, and {@link io.paffmem.ingest.dataset.Expression}
 * places the basic emotions on that plane.
 */
@NullMarked
package io.paffmem.ingest.dataset;

import org.jspecify.annotations.NullMarked;
