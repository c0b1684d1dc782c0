/**
 * The application: {@link io.paffmem.app.Paffmem} is its entry point and lists its commands. Each
 * command is in the package of what it does: {@code serve} runs one stage of a cluster, {@code run}
 * everything in one process, {@code person} shows and changes what is stored of a person, {@code
 * train}, {@code evaluate} and {@code imagine} are about the PK. These packages know {@code
 * options} and {@code terminal}, and nothing of one another.
 */
@NullMarked
package io.paffmem.app;

import org.jspecify.annotations.NullMarked;
