package io.paffmem.ingest.people;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a picture.
 *
 * @param number whose face it is, from 1, in the order of their first appearance
 * @param box the smoothed one, in the picture's pixels
 * @param face as the detector gave it; null where the box is carried over a missed detection
 */
public record TrackedFace(int number, Box box, @Nullable Face face) {}
