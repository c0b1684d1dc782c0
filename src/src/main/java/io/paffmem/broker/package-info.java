/**
 * A Kafka broker inside this process: real KRaft, on loopback, for those who have the secret of the
 * run, for commands that are not given one. Only {@link io.paffmem.cluster.Cluster} starts it; to
 * the stages it is a bootstrap address.
 */
@NullMarked
package io.paffmem.broker;

import org.jspecify.annotations.NullMarked;
