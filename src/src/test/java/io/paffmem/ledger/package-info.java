/** Tests of the pipeline's books, without a broker. */
@NullMarked
package io.paffmem.ledger;

import org.jspecify.annotations.NullMarked;
