/**
 * All stages in one process, and the books that are kept over what goes through them: {@link
 * io.paffmem.pipeline.Cluster} is the broker and registry, {@link io.paffmem.pipeline.Pipeline} the
 * stages on it, {@link io.paffmem.pipeline.EmotionLedger} reads what comes out and checks it
 * against what went in.
 */
@NullMarked
package io.paffmem.pipeline;

import org.jspecify.annotations.NullMarked;
