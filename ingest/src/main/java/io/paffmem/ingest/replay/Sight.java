package io.paffmem.ingest.replay;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.publish.FrameStream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a picture.
 *
 * @param stream where their frames go
 * @param box in the picture's pixels
 * @param face as the detector gave it; null where the box is carried over a missed detection
 */
public record Sight(FrameStream stream, Box box, @Nullable Face face) {}
