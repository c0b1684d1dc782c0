/** How well a picture shows a face, and whether that is enough to read it. */
@NullMarked
package io.paffmem.ingest.quality;

import org.jspecify.annotations.NullMarked;
