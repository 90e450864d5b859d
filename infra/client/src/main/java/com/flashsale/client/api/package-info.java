/** The public API as a client sees it: sign-in, tokens, synthetic shoppers, the operator, one smoke purchase. */
@NullMarked
package com.flashsale.client.api;

import org.jspecify.annotations.NullMarked;
