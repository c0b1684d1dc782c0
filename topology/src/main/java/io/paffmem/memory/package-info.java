/**
 * The affective memory: a Growing-When-Required network whose neurons have arousal and valence.
 *
 * <p>{@link io.paffmem.memory.AffectiveMemory} is the way in: it seeds, recognises and learns in a
 * {@link io.paffmem.memory.MemoryState}, as {@link io.paffmem.memory.MemoryConfig} says. {@link
 * io.paffmem.memory.ReadingConfig} says how neurons become an answer. {@link
 * io.paffmem.memory.PersonBias} is what is known of the person beside neurons, {@link
 * io.paffmem.memory.Course} the last answer on one of their streams, and {@link
 * io.paffmem.memory.Recognition} the answer to one face. {@link io.paffmem.memory.guard.FaceGuard}
 * tells whether a face is the person's at all, by the {@link io.paffmem.memory.guard.PersonLook}.
 *
 * <p>Barros, Parisi, Wermter, <i>A Personalized Affective Memory Model for Improving Emotion
 * Recognition</i> (ICML 2019); Marsland, Shapiro, Nehmzow, <i>A self-organising network that grows
 * when required</i> (2002). Pure arithmetic on primitive arrays: nothing here knows of Kafka, of a
 * store or of a clock. All of it is confined to one thread.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>Java name</th><th>range</th><th>rule</th></tr>
 * <tr><td>x</td><td>{@code z}</td><td>[-1, 1], one per dimension</td><td>the encoder's output, then what the PK reads from it, weighted</td></tr>
 * <tr><td>w_i</td><td>weights</td><td>as x</td><td>prototype of neuron i</td></tr>
 * <tr><td>b, s</td><td>best and second-best matching unit</td><td>slots</td>
 *     <td>the two smallest |x - w_i|^2, ties to the lower id</td></tr>
 * <tr><td>a_i</td><td>activity</td><td>(0, 1]</td><td>exp(-|x - w_i|^2), or exp(-|x - w_i|)</td></tr>
 * <tr><td>h_i</td><td>habituation</td><td>[0, 1], 1 is fresh</td>
 *     <td>h += tau kappa (1 - h) - tau, clamped</td></tr>
 * <tr><td>t_a, t_h</td><td>insertionActivity, insertionHabituation</td><td>(0, 1), [0, 1]</td>
 *     <td>insert if a_b &lt; t_a and h_b &lt; t_h</td></tr>
 * <tr><td>e_b, e_n</td><td>bestUnitLearningRate, neighbourLearningRate</td><td>[0, 1]</td>
 *     <td>w_i += e h_i (x - w_i)(1 - a_i), eq. 8</td></tr>
 * <tr><td>tau_b, tau_n, kappa</td><td>bestUnitHabituationRate, neighbourHabituationRate,
 *     habituationRecovery</td><td>[0, 1], kappa &gt; 1</td><td>habituation</td></tr>
 * <tr><td>l_b, y</td><td>arousal, valence</td><td>[-1, 1]</td>
 *     <td>l_b += gamma (y - l_b), generated faces only</td></tr>
 * <tr><td>gamma</td><td>labelRate</td><td>[0, 1]</td><td>how fast l_b goes to y</td></tr>
 * </table>
 */
@NullMarked
package io.paffmem.memory;

import org.jspecify.annotations.NullMarked;
