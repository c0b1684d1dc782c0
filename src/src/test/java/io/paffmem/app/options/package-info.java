@NullMarked
package io.paffmem.app.options;

import org.jspecify.annotations.NullMarked;
