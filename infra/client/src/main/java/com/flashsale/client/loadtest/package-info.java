/** Starts the load tests in a process of their own. */
@NullMarked
package com.flashsale.client.loadtest;

import org.jspecify.annotations.NullMarked;
