/** Capacity planning: measured limits, scaled to a crowd of another size. */
@NullMarked
package com.flashsale.load.plan;

import org.jspecify.annotations.NullMarked;
