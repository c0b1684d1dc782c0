@NullMarked
package io.paffmem.ingest;

import org.jspecify.annotations.NullMarked;
