/**
 * The PK (prior knowledge) as something to run: {@link io.paffmem.prior.PriorKnowledge} embeds
 * faces and imagines them with other expressions. On disk it is a TensorFlow SavedModel with the
 * signatures {@code encode}, {@code generate} and {@code generate_and_encode}, {@code activations}
 * if it was exported since there is one, and a file {@code pk.properties} that names it.
 *
 * <p>Beside it the face-identity network, {@link io.paffmem.prior.IdentityModel}, a SavedModel of
 * its own; {@link io.paffmem.prior.IdentityExport} says with which signatures.
 */
@NullMarked
package io.paffmem.prior;

import org.jspecify.annotations.NullMarked;
