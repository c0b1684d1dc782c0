/** The Helm chart, rendered by Helm and read as Kubernetes would read it. */
@NullMarked
package io.paffmem.helm;

import org.jspecify.annotations.NullMarked;
