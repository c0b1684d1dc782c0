@NullMarked
package io.paffmem.evaluation;

import org.jspecify.annotations.NullMarked;
