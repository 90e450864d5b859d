/** Second step of a request: its access token is verified and names the caller. */
@NullMarked
package com.flashsale.gateway.auth;

import org.jspecify.annotations.NullMarked;
