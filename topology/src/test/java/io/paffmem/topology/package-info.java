/** The stream, rule by rule and in any interleaving. */
@NullMarked
package io.paffmem.topology;

import org.jspecify.annotations.NullMarked;
