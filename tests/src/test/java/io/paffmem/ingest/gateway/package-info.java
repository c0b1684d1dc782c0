/** The gateway from outside, by clients that share no code with it. */
@NullMarked
package io.paffmem.ingest.gateway;

import org.jspecify.annotations.NullMarked;
