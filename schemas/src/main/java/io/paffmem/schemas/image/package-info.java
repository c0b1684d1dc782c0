/**
 * What the bytes of a picture say before it is decoded: its size, its scans, which way up it is.
 * Everybody who takes pictures reads them here.
 */
@NullMarked
package io.paffmem.schemas.image;

import org.jspecify.annotations.NullMarked;
