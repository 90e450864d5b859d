/** A graph of resources: each starts after its dependencies, restarts after a death, and stops in reverse order. */
@NullMarked
package com.flashsale.local.supervise;

import org.jspecify.annotations.NullMarked;
