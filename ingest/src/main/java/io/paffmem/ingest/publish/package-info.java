/**
 * Frames onto their topic: {@link io.paffmem.ingest.publish.FramePublisher} holds the producer,
 * {@link io.paffmem.ingest.publish.FrameStream} is one stream of one person, and {@link
 * io.paffmem.ingest.publish.LivePublisher} is for feeds that want to hear of every frame.
 */
@NullMarked
package io.paffmem.ingest.publish;

import org.jspecify.annotations.NullMarked;
