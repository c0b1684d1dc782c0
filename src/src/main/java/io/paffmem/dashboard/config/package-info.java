/** How a dashboard is set up: {@link io.paffmem.dashboard.config.DashboardConfig}. */
@NullMarked
package io.paffmem.dashboard.config;

import org.jspecify.annotations.NullMarked;
