/**
 * How a PK is trained: rates, sizes, and what each loss counts. Values, checked when they are made.
 */
@NullMarked
package io.paffmem.training.config;

import org.jspecify.annotations.NullMarked;
