/**
 * Training of the PK: Barros, Parisi, Wermter, ICML 2019, eq. 6, and losses of our own that make
 * its z fit for a memory. {@link io.paffmem.training.config.Loss} lists them all, {@link
 * io.paffmem.training.config.LossWeights} has the paper's weights and ours.
 *
 * <table>
 * <caption>Where what is</caption>
 * <tr><td>{@link io.paffmem.training.Trainer}</td><td>a run in a folder: steps, checkpoints,
 * validation, export</td></tr>
 * <tr><td>{@code TrainingGraph}</td><td>networks, losses and optimiser</td></tr>
 * <tr><td>{@code LatentDistances}</td><td>the losses on distances between z</td></tr>
 * <tr><td>{@code IdentityLoss}</td><td>eq. 2, through any face-identity network</td></tr>
 * <tr><td>{@code Batch}</td><td>what a step sees: groups of faces that can be compared</td></tr>
 * <tr><td>{@link io.paffmem.training.faces.FaceSet}</td><td>labelled faces, split by person and drawn in
 * balance</td></tr>
 * </table>
 */
@NullMarked
package io.paffmem.training;

import org.jspecify.annotations.NullMarked;
