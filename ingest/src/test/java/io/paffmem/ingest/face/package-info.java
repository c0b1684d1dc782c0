@NullMarked
package io.paffmem.ingest.face;

import org.jspecify.annotations.NullMarked;
