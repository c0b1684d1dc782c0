@NullMarked
package io.paffmem.ingest.video;

import org.jspecify.annotations.NullMarked;
