/**
 * A Kafka broker inside this process: real KRaft, loopback only, for commands that are not given
 * one. Nothing else in the project knows that it exists; to the stages it is a bootstrap address.
 */
@NullMarked
package io.paffmem.broker;

import org.jspecify.annotations.NullMarked;
