/** Tests of the commands: their options, what they show, and what they say to bad input. */
@NullMarked
package io.paffmem.app;

import org.jspecify.annotations.NullMarked;
