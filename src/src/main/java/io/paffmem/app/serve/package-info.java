/**
 * Commands that run one part of a cluster until they are stopped: the gateway, the model server,
 * the topology, the dashboard; and the one that creates the topics.
 */
@NullMarked
package io.paffmem.app.serve;

import org.jspecify.annotations.NullMarked;
