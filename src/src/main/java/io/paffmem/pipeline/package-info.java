/**
 * The stages in this process, on one cluster: {@link io.paffmem.pipeline.Pipeline}. {@link
 * io.paffmem.pipeline.OneProcess} is all of it together, with the broker and the dashboard.
 */
@NullMarked
package io.paffmem.pipeline;

import org.jspecify.annotations.NullMarked;
