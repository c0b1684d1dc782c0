/**
 * The prior knowledge of the paper (PK) as others see it: faces in, z with arousal and valence out,
 * and faces imagined. {@link io.paffmem.prior.PriorKnowledge} is the port, {@link
 * io.paffmem.prior.ImageDecoder} and {@link io.paffmem.prior.IdentityModel} stand beside it; what
 * implements them is in {@code prior.tensorflow}.
 */
@NullMarked
package io.paffmem.prior;

import org.jspecify.annotations.NullMarked;
