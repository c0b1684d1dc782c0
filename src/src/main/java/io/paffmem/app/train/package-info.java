/**
 * Commands that train a PK and its parts: {@code train}, {@code train identity}, {@code ablate}.
 */
@NullMarked
package io.paffmem.app.train;

import org.jspecify.annotations.NullMarked;
