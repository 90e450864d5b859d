/** Starts the load tests in a process of their own. */
@NullMarked
package com.flashsale.launcher.load;

import org.jspecify.annotations.NullMarked;
