@NullMarked
package io.paffmem.app.imagine;

import org.jspecify.annotations.NullMarked;
