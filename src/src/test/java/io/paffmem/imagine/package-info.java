@NullMarked
package io.paffmem.imagine;

import org.jspecify.annotations.NullMarked;
