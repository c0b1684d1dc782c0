/**
 * Moving pictures as a sequence: {@link io.paffmem.ingest.video.VideoSource} is the port that every
 * source stands behind, {@link io.paffmem.ingest.video.VideoSources} opens files, cameras and
 * streams, all through FFmpeg. A recording has an end; what is live is read by a thread of its own
 * and connected again when it goes away. {@link io.paffmem.ingest.video.PictureDecoder} does the
 * same for single pictures: all come upright and with square pixels.
 */
@NullMarked
package io.paffmem.ingest.video;

import org.jspecify.annotations.NullMarked;
