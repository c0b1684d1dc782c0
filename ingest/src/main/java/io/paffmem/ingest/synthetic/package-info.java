/**
 * People who do not exist, drawn: faces with an identity, an own way of showing what they feel, and
 * labelled videos of them, for the demo, the tests and the training, without anyone's picture.
 *
 * <p>{@link io.paffmem.ingest.synthetic.SyntheticPeople} gives the people, {@link
 * io.paffmem.ingest.synthetic.FaceRenderer} draws one in a {@link
 * io.paffmem.ingest.synthetic.FaceScene}, {@link io.paffmem.ingest.synthetic.SyntheticVideo} is a
 * labelled stream. Everything is a pure function of seeds.
 *
 * <p>Expressions follow the action units of the Facial Action Coding System (Ekman, Friesen 1978)
 * and the circumplex of arousal and valence (Russell 1980).
 */
@NullMarked
package io.paffmem.ingest.synthetic;

import org.jspecify.annotations.NullMarked;
