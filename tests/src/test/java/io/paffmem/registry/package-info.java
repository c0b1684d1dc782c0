/** The contract against a real schema registry, run as a process of its own. */
@NullMarked
package io.paffmem.registry;

import org.jspecify.annotations.NullMarked;
