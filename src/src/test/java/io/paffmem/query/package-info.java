@NullMarked
package io.paffmem.query;

import org.jspecify.annotations.NullMarked;
