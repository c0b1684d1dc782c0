/**
 * What people and programs see live: {@link io.paffmem.dashboard.Dashboard} puts its parts
 * together. {@code live} reads the topics, {@code http} answers requests, {@code memory} shows a
 * person's memory, {@code config} has the limits.
 *
 * <pre>
 * emotions ────────┐               ┌─ EventReaders ─ Audience ─ EventReader ─ SSE, WebSocket
 *                  ├─ EmotionHub ──┤  (a chunk is put together once for all of an audience)
 * person-receipts ─┘               └─ People ─ PersonState ─ History ─ PeopleReader, HTTP
 * </pre>
 *
 * One thread reads the topics and never waits for a reader: it adds to queues, which are bounded,
 * and other threads write what is in them. A reader who does not read is dropped.
 */
@NullMarked
package io.paffmem.dashboard;

import org.jspecify.annotations.NullMarked;
