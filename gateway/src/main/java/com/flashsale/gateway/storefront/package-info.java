/** Fifth step of a request for a page: the storefront, the help text and the API documents. */
@NullMarked
package com.flashsale.gateway.storefront;

import org.jspecify.annotations.NullMarked;
