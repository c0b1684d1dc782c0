/**
 * What every module does with Kafka's clients. {@link io.paffmem.kafka.MeteredClients} makes
 * clients of bytes with their metrics, {@link io.paffmem.kafka.ClientFaults} says how to react to a
 * failure of a client, and {@link io.paffmem.kafka.BrokerWatch} says whether the broker answers.
 *
 * <p>It is in the module of the records because every module that reads or writes records runs such
 * clients. So these modules depend on Micrometer, too; each of them counts in a registry anyway.
 */
@NullMarked
package io.paffmem.kafka;

import org.jspecify.annotations.NullMarked;
