/**
 * OAuth 2.1 and OpenID Connect: which clients there are, what their tokens say, and how a refresh token is kept from
 * being copied.
 */
@NullMarked
package com.flashsale.auth.token;

import org.jspecify.annotations.NullMarked;
