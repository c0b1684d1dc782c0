@NullMarked
package io.paffmem.app.person;

import org.jspecify.annotations.NullMarked;
