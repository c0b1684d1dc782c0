/**
 * Commands that send a source through everything and show what comes out: {@code demo} and {@code
 * replay}. {@link io.paffmem.app.run.SourceRun} is one run.
 */
@NullMarked
package io.paffmem.app.run;

import org.jspecify.annotations.NullMarked;
