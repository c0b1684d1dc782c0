/**
 * What the stream is to do ({@link io.paffmem.topology.config.TopologyConfig}), and the names and
 * settings that Kafka knows it by.
 */
@NullMarked
package io.paffmem.topology.config;

import org.jspecify.annotations.NullMarked;
