/** Fifth step of a request for the event stream of a queue: the gateway writes the stream itself. */
@NullMarked
package com.flashsale.gateway.stream;

import org.jspecify.annotations.NullMarked;
