@NullMarked
package io.paffmem.ingest.access;

import org.jspecify.annotations.NullMarked;
