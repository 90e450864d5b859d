/** The public API as a client sees it: tokens, shoppers, the operator. */
@NullMarked
package com.flashsale.client.api;

import org.jspecify.annotations.NullMarked;
