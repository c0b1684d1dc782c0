/**
 * Commands about what is stored of a person: {@code memory list}, {@code show}, {@code forget} and
 * the others.
 */
@NullMarked
package io.paffmem.app.person;

import org.jspecify.annotations.NullMarked;
