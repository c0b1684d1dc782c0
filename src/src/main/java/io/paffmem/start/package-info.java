/**
 * Why a command cannot start or go on, in words for whoever typed it: {@link
 * io.paffmem.start.StartException}.
 */
@NullMarked
package io.paffmem.start;

import org.jspecify.annotations.NullMarked;
