/** Workers that die at the worst moment. */
@NullMarked
package io.paffmem.stage;

import org.jspecify.annotations.NullMarked;
