/**
 * A Kafka cluster with its schema registry, embedded or remote: {@link io.paffmem.cluster.Cluster}.
 * What is asked of it beside the stream: how long topics keep records, what they held before, and
 * commands about a person with their receipts.
 */
@NullMarked
package io.paffmem.cluster;

import org.jspecify.annotations.NullMarked;
