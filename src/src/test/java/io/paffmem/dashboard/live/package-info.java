@NullMarked
package io.paffmem.dashboard.live;

import org.jspecify.annotations.NullMarked;
