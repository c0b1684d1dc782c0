/**
 * What every command shares at the terminal: tables, progress, the live view, files that are
 * written, and how a command is stopped.
 */
@NullMarked
package io.paffmem.app.terminal;

import org.jspecify.annotations.NullMarked;
