@NullMarked
package io.paffmem.evaluation.memory;

import org.jspecify.annotations.NullMarked;
