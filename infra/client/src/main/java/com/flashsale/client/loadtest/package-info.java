/** The operator's view of load tests: the switch that stops them, and the purge of a run with its evidence. */
@NullMarked
package com.flashsale.client.loadtest;

import org.jspecify.annotations.NullMarked;
