@NullMarked
package io.paffmem.teaching;

import org.jspecify.annotations.NullMarked;
