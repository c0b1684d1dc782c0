/**
 * Blocks of options that several commands share. A block checks its own options and makes what they
 * name.
 */
@NullMarked
package io.paffmem.app.options;

import org.jspecify.annotations.NullMarked;
