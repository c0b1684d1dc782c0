@NullMarked
package io.paffmem.app.swaps;

import org.jspecify.annotations.NullMarked;
