/** Messages that a service has set aside: a reader, a replay in the original order, and the outcome of each. */
@NullMarked
package com.flashsale.client.deadletters;

import org.jspecify.annotations.NullMarked;
