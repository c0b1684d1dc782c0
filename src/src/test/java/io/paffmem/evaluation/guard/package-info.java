@NullMarked
package io.paffmem.evaluation.guard;

import org.jspecify.annotations.NullMarked;
