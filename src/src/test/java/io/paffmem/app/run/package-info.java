@NullMarked
package io.paffmem.app.run;

import org.jspecify.annotations.NullMarked;
