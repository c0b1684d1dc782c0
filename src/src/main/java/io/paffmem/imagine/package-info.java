/**
 * The faces that a PK imagines, as pictures: the square of expressions, and Figure 2 of the paper.
 * For the command {@code imagine} and for the dashboard.
 */
@NullMarked
package io.paffmem.imagine;

import org.jspecify.annotations.NullMarked;
