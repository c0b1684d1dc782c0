/**
 * The statistics that every figure is made of: agreement (CCC), bootstrap intervals, weighted
 * medians, squared distances.
 */
@NullMarked
package io.paffmem.evaluation.statistics;

import org.jspecify.annotations.NullMarked;
