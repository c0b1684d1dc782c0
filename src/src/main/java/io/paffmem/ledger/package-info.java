/**
 * What became of the frames of one run. {@link io.paffmem.ledger.EmotionLedger} notes each frame
 * that is published, reads the events that come out, and finds what is lost or duplicated; {@link
 * io.paffmem.ledger.RunSummary} is the result.
 */
@NullMarked
package io.paffmem.ledger;

import org.jspecify.annotations.NullMarked;
