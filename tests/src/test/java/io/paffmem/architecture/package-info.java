/** The directions between modules and packages, checked on the compiled classes. */
@NullMarked
package io.paffmem.architecture;

import org.jspecify.annotations.NullMarked;
