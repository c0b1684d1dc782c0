/**
 * Commands about what is stored of a person: {@code memory list}, {@code digest}, {@code show} and
 * {@code export} read it, {@code import}, {@code reset} and {@code forget} change it.
 */
@NullMarked
package io.paffmem.app.person;

import org.jspecify.annotations.NullMarked;
