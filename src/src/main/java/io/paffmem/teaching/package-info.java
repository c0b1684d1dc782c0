/**
 * The way in of teachings over HTTP, at the gateway and at the dashboard alike: {@code POST
 * /v1/people/PERSON/teaching} teaches a person's memory, {@code DELETE
 * /v1/people/PERSON/teaching/ID} takes that back. Both send a record to the topology and wait for
 * its receipt.
 */
@NullMarked
package io.paffmem.teaching;

import org.jspecify.annotations.NullMarked;
