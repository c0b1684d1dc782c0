/**
 * The networks of the PK (prior knowledge), a conditional adversarial autoencoder: Barros, Parisi,
 * Wermter, <i>A Personalized Affective Memory Model for Improving Emotion Recognition</i>, ICML
 * 2019, section 3.
 *
 * <table>
 * <caption>Symbols of the paper</caption>
 * <tr><th>symbol</th><th>here</th><th>shape, range</th></tr>
 * <tr><td>x</td><td>face</td><td>n x 96 x 96 x 3, [-1, 1]</td></tr>
 * <tr><td>z = E(x)</td><td>{@link io.paffmem.network.Encoder}</td><td>n x 50, (-1, 1)</td></tr>
 * <tr><td>y</td><td>affect (arousal, valence)</td><td>n x 2, [-1, 1]</td></tr>
 * <tr><td>G(z, y)</td><td>{@link io.paffmem.network.Generator}</td><td>n x 96 x 96 x 3, (-1, 1)</td></tr>
 * <tr><td>D_em(z)</td><td>{@link io.paffmem.network.EmotionDiscriminator}</td><td>n x 2, (-1, 1)</td></tr>
 * <tr><td>D_prior(z)</td><td>{@link io.paffmem.network.PriorDiscriminator}</td><td>n x 1, logit</td></tr>
 * <tr><td>D_real(x, y)</td><td>{@link io.paffmem.network.RealDiscriminator}</td><td>n x 1, logit</td></tr>
 * </table>
 *
 * <p>Beside them {@link io.paffmem.network.IdentityNetwork}, which L_iden compares faces by.
 *
 * <p>Every network is a function of its input and of {@link io.paffmem.network.Parameters}, so the
 * graph that trains and the graph that is shipped are built by the same code.
 */
@NullMarked
package io.paffmem.network;

import org.jspecify.annotations.NullMarked;
