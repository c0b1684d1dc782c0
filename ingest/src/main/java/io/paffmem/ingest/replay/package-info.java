/**
 * A recording as a stream of frames: {@link io.paffmem.ingest.replay.Replay} takes pictures from a
 * video, finds the person's face in each and publishes it, at the video's own pace or as fast as it
 * goes.
 */
@NullMarked
package io.paffmem.ingest.replay;

import org.jspecify.annotations.NullMarked;
