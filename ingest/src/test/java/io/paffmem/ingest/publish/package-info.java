@NullMarked
package io.paffmem.ingest.publish;

import org.jspecify.annotations.NullMarked;
