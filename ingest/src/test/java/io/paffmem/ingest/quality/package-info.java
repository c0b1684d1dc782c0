@NullMarked
package io.paffmem.ingest.quality;

import org.jspecify.annotations.NullMarked;
