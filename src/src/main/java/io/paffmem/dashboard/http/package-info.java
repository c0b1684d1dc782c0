/**
 * What the dashboard answers by HTTP: {@link io.paffmem.dashboard.http.DashboardServer} has the
 * page and the routes of {@code /v1}. Requests that are refused are {@link
 * io.paffmem.dashboard.http.RefusedException}, with a code that never changes.
 */
@NullMarked
package io.paffmem.dashboard.http;

import org.jspecify.annotations.NullMarked;
