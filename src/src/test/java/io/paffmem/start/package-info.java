@NullMarked
package io.paffmem.start;

import org.jspecify.annotations.NullMarked;
