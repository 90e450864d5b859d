/** Products: what can be offered in a sale. */
@NullMarked
package com.flashsale.catalog.product;

import org.jspecify.annotations.NullMarked;
