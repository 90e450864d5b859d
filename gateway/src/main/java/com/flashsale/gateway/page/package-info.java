/** The storefront, the help text and the API documents. */
@NullMarked
package com.flashsale.gateway.page;

import org.jspecify.annotations.NullMarked;
