/**
 * Search of parameters by a Tree-structured Parzen Estimator (Bergstra, Bardenet, Bengio, Kégl,
 * <i>Algorithms for Hyper-Parameter Optimization</i>, NIPS 2011), as the paper of the affective
 * memory searches its own. There is no well-kept Java library of it.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>Java</th><th>range</th><th>section</th></tr>
 * <tr><td>x</td><td>point, one value a {@link io.paffmem.evaluation.search.Parameter}</td><td>its
 * own</td><td>4</td></tr>
 * <tr><td>y</td><td>score; here the greater the better</td><td>any finite number</td><td>4</td></tr>
 * <tr><td>gamma</td><td>{@code goodShare}</td><td>(0, 1)</td><td>4</td></tr>
 * <tr><td>l(x), g(x)</td><td>{@code good}, {@code bad}</td><td>densities</td><td>4.1, eq. 2</td></tr>
 * </table>
 */
@NullMarked
package io.paffmem.evaluation.search;

import org.jspecify.annotations.NullMarked;
