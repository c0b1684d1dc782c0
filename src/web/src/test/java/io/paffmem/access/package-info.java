@NullMarked
package io.paffmem.access;

import org.jspecify.annotations.NullMarked;
