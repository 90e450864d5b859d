/** Graceful shutdown: the process leaves the registry, drains, and ends. */
@NullMarked
package com.flashsale.platform.shutdown;

import org.jspecify.annotations.NullMarked;
