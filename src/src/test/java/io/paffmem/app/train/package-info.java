@NullMarked
package io.paffmem.app.train;

import org.jspecify.annotations.NullMarked;
