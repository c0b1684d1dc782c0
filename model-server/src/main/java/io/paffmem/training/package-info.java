/**
 * Training of the PK: Barros, Parisi, Wermter, ICML 2019, eq. 6, and losses of our own that make
 * its z fit for a memory. {@link io.paffmem.training.config.Loss} lists them all, {@link
 * io.paffmem.training.config.LossWeights} has the paper's weights and ours.
 *
 * <table>
 * <caption>What is in which package</caption>
 * <tr><td>{@code training}</td><td>{@link io.paffmem.training.Trainer}: a run in a folder, with
 *     steps, checkpoints, validation, export</td></tr>
 * <tr><td>{@code config}</td><td>rates, sizes and weights of the losses: {@link
 *     io.paffmem.training.config.TrainingConfig}</td></tr>
 * <tr><td>{@code graph}</td><td>{@link io.paffmem.training.graph.TrainingGraph}: networks, losses
 *     and optimiser; {@code LatentDistances}, the losses on distances between z; {@code
 *     IdentityLoss}, eq. 2</td></tr>
 * <tr><td>{@code faces}</td><td>{@link io.paffmem.training.faces.FaceSet}: labelled faces, split by
 *     person and drawn in balance; {@code Batch}: what one step sees</td></tr>
 * <tr><td>{@code identity}</td><td>{@link io.paffmem.training.identity.IdentityTrainer}: the network
 *     that eq. 2 compares by</td></tr>
 * <tr><td>{@code checkpoint}</td><td>what a run leaves on disk</td></tr>
 * <tr><td>{@code ablation}</td><td>{@link io.paffmem.training.ablation.Ablation}: a PK for each row
 *     of the paper's Table 2</td></tr>
 * </table>
 */
@NullMarked
package io.paffmem.training;

import org.jspecify.annotations.NullMarked;
