@NullMarked
package io.paffmem.dashboard.http;

import org.jspecify.annotations.NullMarked;
