/** Plots over time as SVG, for the pages of the demo sale and of the load tests. */
@NullMarked
package com.flashsale.reports.plot;

import org.jspecify.annotations.NullMarked;
