/** Capacity planning: measured limits, scaled to a crowd of another size. */
@NullMarked
package com.flashsale.reports.plan;

import org.jspecify.annotations.NullMarked;
