/** The paper's ablation: a PK for each row of Table 2, and the table. */
@NullMarked
package io.paffmem.training.ablation;

import org.jspecify.annotations.NullMarked;
