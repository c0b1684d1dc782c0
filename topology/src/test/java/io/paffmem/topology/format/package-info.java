/** Tests of what is in the package of the same name. */
@NullMarked
package io.paffmem.topology.format;

import org.jspecify.annotations.NullMarked;
