/** Third step of a request: its caller is charged, in this process and in Redis. */
@NullMarked
package com.flashsale.gateway.ratelimit;

import org.jspecify.annotations.NullMarked;
