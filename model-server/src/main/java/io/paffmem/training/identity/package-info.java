/** Training of the network that tells people apart, which the identity loss (eq. 2) compares by. */
@NullMarked
package io.paffmem.training.identity;

import org.jspecify.annotations.NullMarked;
