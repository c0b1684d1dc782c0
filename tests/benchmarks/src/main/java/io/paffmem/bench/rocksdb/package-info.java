/** What the settings of the stream's store are worth to its rows. */
@NullMarked
package io.paffmem.bench.rocksdb;

import org.jspecify.annotations.NullMarked;
