/**
 * What becomes of a frame, however it came: {@link io.paffmem.ingest.gateway.frames.Admission} says
 * who may publish what, a {@link io.paffmem.ingest.gateway.frames.FrameLane} takes the pictures of
 * one feed, and the workers of the {@link io.paffmem.ingest.gateway.frames.FramePipeline} find the
 * faces in them and publish these. A {@link io.paffmem.ingest.gateway.frames.Reply} says how it
 * ended. WebSocket and HTTP are the gateway's; here nothing is known of them.
 */
@NullMarked
package io.paffmem.ingest.gateway.frames;

import org.jspecify.annotations.NullMarked;
