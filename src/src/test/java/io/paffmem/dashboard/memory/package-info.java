@NullMarked
package io.paffmem.dashboard.memory;

import org.jspecify.annotations.NullMarked;
