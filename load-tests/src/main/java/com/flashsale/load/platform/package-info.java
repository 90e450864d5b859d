/** The running platform as a load test sees it, with the sales and shoppers of a run. */
@NullMarked
package com.flashsale.load.platform;

import org.jspecify.annotations.NullMarked;
