package io.paffmem.ingest.gateway.frames;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.FaceCrop;
import org.jspecify.annotations.Nullable;

/**
 * A face that is to be published.
 *
 * @param inside whose it is, as they are called on the topics
 * @param outside the same, as the feed calls them
 * @param box where it is in the picture; null where it came cut out
 */
record CutFace(String inside, String outside, @Nullable Box box, FaceCrop crop) {
  boolean isReadable() {
    return crop.quality().getReadable();
  }
}
