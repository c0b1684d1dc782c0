/**
 * Training of the PK: Barros, Parisi, Wermter, ICML 2019, eq. 6, with the weights that a trial
 * found to train faster.
 *
 * <table>
 * <caption>Losses</caption>
 * <tr><th>symbol</th><th>what</th><th>trains</th></tr>
 * <tr><td>L_rec (eq. 1)</td><td>mean |x - G(E(x), y)|</td><td>E, G</td></tr>
 * <tr><td>known edits (ours)</td><td>mean |x' - G(E(x), y')|, for synthetic people, whose true face
 * x' at any y' is known</td><td>G</td></tr>
 * <tr><td>L_em (eq. 3)</td><td>squared error of D_em(E(x))</td><td>E, D_em</td></tr>
 * <tr><td>L_prior (eq. 4)</td><td>z against U(-1, 1)</td><td>E against D_prior</td></tr>
 * <tr><td>L_img (eq. 5)</td><td>edited faces against real ones</td><td>G against D_real</td></tr>
 * <tr><td>re-encoding (ours)</td><td>squared error of D_em(E(G(z, y'))) to y'</td><td>G</td></tr>
 * </table>
 *
 * <p>L_iden (eq. 2) needs a face-identity network and is not part of it.
 */
@NullMarked
package io.paffmem.training;

import org.jspecify.annotations.NullMarked;
