/** Tests of the pipeline's books, without a broker. */
@NullMarked
package io.paffmem.pipeline;

import org.jspecify.annotations.NullMarked;
