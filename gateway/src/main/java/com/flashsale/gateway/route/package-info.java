/**
 * The table that every step of a request reads: the public paths, and the service, priority, rate limit and time budget
 * of each.
 */
@NullMarked
package com.flashsale.gateway.route;

import org.jspecify.annotations.NullMarked;
