package io.paffmem.topology.rules;

import io.paffmem.topology.person.Command;

/**
 * A memory that somebody sent for a person.
 *
 * @param command what the receipt repeats
 * @param file an exported memory, or bytes that are none
 */
public record SentMemory(Command command, byte[] file) {}
