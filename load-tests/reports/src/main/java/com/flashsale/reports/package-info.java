/** The commands that read the result files of load tests. Nothing here runs a load test or knows how one runs. */
@NullMarked
package com.flashsale.reports;

import org.jspecify.annotations.NullMarked;
