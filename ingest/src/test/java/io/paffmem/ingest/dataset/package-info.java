@NullMarked
package io.paffmem.ingest.dataset;

import org.jspecify.annotations.NullMarked;
