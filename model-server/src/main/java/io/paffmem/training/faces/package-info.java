/**
 * What training looks at: labelled faces drawn so that rare expressions are not drowned, changed in
 * ways that keep the expression, and put together to batches.
 */
@NullMarked
package io.paffmem.training.faces;

import org.jspecify.annotations.NullMarked;
