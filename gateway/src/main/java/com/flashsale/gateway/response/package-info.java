/** Last step of a request: the common headers, the problem document after a failure, and the line of the access log. */
@NullMarked
package com.flashsale.gateway.response;

import org.jspecify.annotations.NullMarked;
