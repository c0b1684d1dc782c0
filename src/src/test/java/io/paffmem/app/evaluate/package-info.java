@NullMarked
package io.paffmem.app.evaluate;

import org.jspecify.annotations.NullMarked;
