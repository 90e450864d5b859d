/** First step of a request: its client, its path in canonical form, and its trace context. */
@NullMarked
package com.flashsale.gateway.client;

import org.jspecify.annotations.NullMarked;
