/** The application: its commands, their options, and what they show. */
@NullMarked
package io.paffmem.app;

import org.jspecify.annotations.NullMarked;
