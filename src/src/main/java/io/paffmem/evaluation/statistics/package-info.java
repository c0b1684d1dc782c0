/**
 * The statistics that the figures are made of: CCC by person and by answer, bootstrap intervals,
 * weighted medians, squared distances. The CCC itself is {@link io.paffmem.metric.Concordance}.
 */
@NullMarked
package io.paffmem.evaluation.statistics;

import org.jspecify.annotations.NullMarked;
