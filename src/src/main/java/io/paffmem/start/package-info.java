/**
 * What every command needs to start and to end: {@link io.paffmem.start.Problems} collects what is
 * wrong with its configuration, {@link io.paffmem.start.StartException} says why it cannot start or
 * go on, {@link io.paffmem.start.Opened} closes what it has opened.
 */
@NullMarked
package io.paffmem.start;

import org.jspecify.annotations.NullMarked;
