/**
 * The prior knowledge in TensorFlow: SavedModels written and loaded, the device checked, pictures
 * decoded. {@link io.paffmem.prior.tensorflow.SavedModelPrior} is a PK, {@link
 * io.paffmem.prior.tensorflow.PriorExport} writes one.
 */
@NullMarked
package io.paffmem.prior.tensorflow;

import org.jspecify.annotations.NullMarked;
