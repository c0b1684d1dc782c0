@NullMarked
package io.paffmem.ingest.gateway;

import org.jspecify.annotations.NullMarked;
