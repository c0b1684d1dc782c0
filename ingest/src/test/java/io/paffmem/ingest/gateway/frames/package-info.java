@NullMarked
package io.paffmem.ingest.gateway.frames;

import org.jspecify.annotations.NullMarked;
