/**
 * The gateway for feeds that know nothing of Kafka: {@link io.paffmem.ingest.gateway.Gateway}. Here
 * are its port and its protocols; {@link io.paffmem.ingest.gateway.frames} has what becomes of a
 * frame.
 *
 * <pre>
 * WebSocket ─ FeedSocket ┐              ┌ worker: decode, find the face ┐
 *                        ├─ FrameLane ──┤  one frame of each lane       ├─ LivePublisher ─ frames
 * HTTP ────── HttpFrames ┘   (a feed)   └  in turn                      ┘        │
 *                  replies, in order  ◀──────────────────────────────────────────┘
 * </pre>
 *
 * What is bounded: bytes of pictures that wait (of all feeds), frames without a reply (of each
 * feed), replies that a feed does not take. Beyond, a feed is told {@code busy}, or not read from.
 */
@NullMarked
package io.paffmem.ingest.gateway;

import org.jspecify.annotations.NullMarked;
