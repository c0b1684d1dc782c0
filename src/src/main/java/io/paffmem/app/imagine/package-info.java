/** The command {@code imagine}: the face in a picture, with other expressions. */
@NullMarked
package io.paffmem.app.imagine;

import org.jspecify.annotations.NullMarked;
