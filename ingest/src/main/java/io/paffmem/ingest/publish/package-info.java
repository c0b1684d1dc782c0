/**
 * Frames onto their topic: {@link io.paffmem.ingest.publish.FramePublisher} holds the producer,
 * {@link io.paffmem.ingest.publish.FrameStream} is one stream of one person.
 */
@NullMarked
package io.paffmem.ingest.publish;

import org.jspecify.annotations.NullMarked;
