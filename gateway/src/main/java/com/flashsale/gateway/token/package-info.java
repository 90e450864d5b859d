/** Verification of access tokens, without a call of auth-service for each. */
@NullMarked
package com.flashsale.gateway.token;

import org.jspecify.annotations.NullMarked;
