/** Fifth step of a request: the call of a service, with circuit breaker, retry and stale response. */
@NullMarked
package com.flashsale.gateway.upstream;

import org.jspecify.annotations.NullMarked;
