@NullMarked
package io.paffmem.app.terminal;

import org.jspecify.annotations.NullMarked;
