@NullMarked
package io.paffmem.ingest.replay;

import org.jspecify.annotations.NullMarked;
