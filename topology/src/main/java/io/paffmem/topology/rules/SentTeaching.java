package io.paffmem.topology.rules;

import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.Lesson;

/**
 * A checked teaching.
 *
 * @param command what the receipt repeats
 */
public record SentTeaching(Command command, Lesson lesson) {}
