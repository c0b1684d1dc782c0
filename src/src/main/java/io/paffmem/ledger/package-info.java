/**
 * The books that are kept over a run: {@link io.paffmem.ledger.EmotionLedger} reads the events that
 * come out and checks them against the frames that went in; {@link io.paffmem.ledger.RunSummary} is
 * the result.
 */
@NullMarked
package io.paffmem.ledger;

import org.jspecify.annotations.NullMarked;
