/** Tests of what is in the package of the same name. */
@NullMarked
package io.paffmem.topology.task;

import org.jspecify.annotations.NullMarked;
