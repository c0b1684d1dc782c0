/**
 * Blocks of options that several commands share. A block checks its own options and makes what they
 * name. {@link io.paffmem.app.options.Dataset} lists the data sets; each command says which of them
 * it takes.
 */
@NullMarked
package io.paffmem.app.options;

import org.jspecify.annotations.NullMarked;
