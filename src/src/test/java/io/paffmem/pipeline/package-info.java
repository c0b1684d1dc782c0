/** Tests of what runs in one process. */
@NullMarked
package io.paffmem.pipeline;

import org.jspecify.annotations.NullMarked;
