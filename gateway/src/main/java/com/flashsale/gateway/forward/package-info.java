/** Forwards small requests to their service on the connection, without an exchange. */
@NullMarked
package com.flashsale.gateway.forward;

import org.jspecify.annotations.NullMarked;
