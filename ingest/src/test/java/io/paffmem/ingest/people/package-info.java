@NullMarked
package io.paffmem.ingest.people;

import org.jspecify.annotations.NullMarked;
