/**
 * Moving pictures as a sequence: {@link io.paffmem.ingest.video.VideoSource} is the port that every
 * source stands behind, {@link io.paffmem.ingest.video.VideoFile} reads a file through FFmpeg.
 */
@NullMarked
package io.paffmem.ingest.video;

import org.jspecify.annotations.NullMarked;
