/** The dashboard's page in a real browser. */
@NullMarked
package io.paffmem.dashboard;

import org.jspecify.annotations.NullMarked;
