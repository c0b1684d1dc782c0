@NullMarked
package io.paffmem.evaluation.statistics;

import org.jspecify.annotations.NullMarked;
