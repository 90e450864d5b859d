/** The scenarios of a load test: a workload, its arrivals and its checks. */
@NullMarked
package com.flashsale.load.scenario;

import org.jspecify.annotations.NullMarked;
