/**
 * How good a PK is, and the memory beside it, in figures. Everything here is arithmetic on what
 * {@link io.paffmem.prior.PriorKnowledge} answers; the caller gives the faces, as {@link
 * io.paffmem.evaluation.prior.LabelledFaces}. {@link
 * io.paffmem.evaluation.memory.StreamedEvaluation} takes events instead, as they come.
 *
 * <p>Four packages: {@code prior} has the figures of a PK, {@code memory} those of the memory,
 * {@code search} looks for parameters by any score, {@code statistics} is what they all compute
 * with. {@link io.paffmem.evaluation.Evaluation} puts the figures of one data set together.
 *
 * <table>
 * <caption>Symbols: d&sup2; is the squared Euclidean distance between two z</caption>
 * <tr><th>symbol</th><th>here</th><th>range</th><th>definition</th></tr>
 * <tr><td>CCC</td><td>{@link io.paffmem.evaluation.Agreement}</td><td>[-1, 1]</td>
 *     <td>Lin 1989, population variances</td></tr>
 * <tr><td>explained</td><td>{@link io.paffmem.evaluation.prior.Geometry#explained()}</td>
 *     <td>at most 1; negative by chance</td><td>1 - mean d&sup2;(same person, same label) / mean
 *     d&sup2;(same person)</td></tr>
 * <tr><td>AUC</td><td>{@link io.paffmem.evaluation.prior.Geometry#auc()}</td><td>[0, 1]</td>
 *     <td>P(d&sup2;(other label) &gt; d&sup2;(same label)), both pairs of one person (Mann and
 *     Whitney 1947)</td></tr>
 * <tr><td>re-encoding, pixel shift, next frame</td>
 *     <td>{@link io.paffmem.evaluation.prior.Disturbances}</td><td>0 and up</td>
 *     <td>median d&sup2; over the median d&sup2;(same person, same label)</td></tr>
 * <tr><td>cosine</td><td>{@link io.paffmem.evaluation.prior.ImaginedChanges}</td><td>[-1, 1]</td>
 *     <td>cos(E(G(E(x), y')) - E(x), E(x') - E(x))</td></tr>
 * </table>
 */
@NullMarked
package io.paffmem.evaluation;

import org.jspecify.annotations.NullMarked;
