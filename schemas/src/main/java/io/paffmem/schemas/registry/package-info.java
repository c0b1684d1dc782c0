/**
 * What a process knows of its schema registry beside Confluent's client: {@link
 * io.paffmem.schemas.registry.SchemaIds}, whether ids still mean what they meant.
 */
@NullMarked
package io.paffmem.schemas.registry;

import org.jspecify.annotations.NullMarked;
