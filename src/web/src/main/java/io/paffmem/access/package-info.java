/**
 * Who may do what with whose data: {@link io.paffmem.access.AccessTokens} knows a {@link
 * io.paffmem.access.Grant} by its token. Tokens are kept as SHA-256 digests and compared in
 * constant time; neither they nor their digests are ever logged.
 */
@NullMarked
package io.paffmem.access;

import org.jspecify.annotations.NullMarked;
