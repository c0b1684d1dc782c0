/**
 * The measure that the paper is judged by: the concordance correlation coefficient (Lin, 1989) of
 * predictions and labels.
 */
@NullMarked
package io.paffmem.metric;

import org.jspecify.annotations.NullMarked;
