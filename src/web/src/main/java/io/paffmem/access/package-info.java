/**
 * Who may do what with whose data: {@link io.paffmem.access.AccessTokens} knows a {@link
 * io.paffmem.access.Grant} by its token, and {@link io.paffmem.access.Audit} notes what is done
 * with it. Tokens are kept as SHA-256 digests and compared in constant time; neither they nor their
 * digests are ever logged.
 *
 * <p>What keeps data from those who have no token is here, too: {@link io.paffmem.access.OwnerOnly}
 * for files, {@link io.paffmem.access.DeploymentSecret} and {@link io.paffmem.access.Pseudonyms}
 * for names.
 */
@NullMarked
package io.paffmem.access;

import org.jspecify.annotations.NullMarked;
