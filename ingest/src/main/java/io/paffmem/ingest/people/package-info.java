/**
 * Several faces in the pictures of one stream, each with a number that stays with it: {@link
 * io.paffmem.ingest.people.PeopleFinder} looks for faces, {@link
 * io.paffmem.ingest.people.PeopleTracker} joins them to tracks by where they are and how they look.
 *
 * <p>Each picture's faces are assigned to the tracks at the least sum of costs (Kuhn: The Hungarian
 * method for the assignment problem, Naval Research Logistics Quarterly 1955), as is usual where
 * people are tracked by detections (Bewley et al.: Simple online and realtime tracking, ICIP 2016;
 * Wojke et al.: with a deep association metric, ICIP 2017).
 */
@NullMarked
package io.paffmem.ingest.people;

import org.jspecify.annotations.NullMarked;
