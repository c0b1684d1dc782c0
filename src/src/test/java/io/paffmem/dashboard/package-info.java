@NullMarked
package io.paffmem.dashboard;

import org.jspecify.annotations.NullMarked;
