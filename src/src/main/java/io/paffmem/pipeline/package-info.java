/** The stages in this process, on one cluster: {@link io.paffmem.pipeline.Pipeline}. */
@NullMarked
package io.paffmem.pipeline;

import org.jspecify.annotations.NullMarked;
