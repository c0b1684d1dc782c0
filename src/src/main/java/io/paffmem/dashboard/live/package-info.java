/**
 * What comes out of the topics, kept for those who read it: {@link
 * io.paffmem.dashboard.live.EmotionHub} reads, {@link io.paffmem.dashboard.live.People} holds the
 * latest of each person, {@link io.paffmem.dashboard.live.EventReaders} those who get the events.
 */
@NullMarked
package io.paffmem.dashboard.live;

import org.jspecify.annotations.NullMarked;
