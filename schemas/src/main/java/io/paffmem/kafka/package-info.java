/**
 * What every module does with Kafka's clients: {@link io.paffmem.kafka.MeteredClients} makes them
 * with their metrics, {@link io.paffmem.kafka.ClientFaults} says what a failure of theirs asks for,
 * and {@link io.paffmem.kafka.BrokerWatch} whether the broker answers.
 *
 * <p>It stands beside the contract because who speaks the contract runs such clients. Micrometer
 * comes with it: each module that depends on this one counts in a registry anyway.
 */
@NullMarked
package io.paffmem.kafka;

import org.jspecify.annotations.NullMarked;
