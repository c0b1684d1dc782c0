/**
 * What operators see of a process: {@link io.paffmem.operations.Operations} serves its metrics, and
 * whether it lives and does its work, on a port of its own. The parts count and tell by themselves;
 * this only collects.
 */
@NullMarked
package io.paffmem.operations;

import org.jspecify.annotations.NullMarked;
