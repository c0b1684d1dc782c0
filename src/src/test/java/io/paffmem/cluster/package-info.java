@NullMarked
package io.paffmem.cluster;

import org.jspecify.annotations.NullMarked;
