/** Products: the goods that a sale can offer. */
@NullMarked
package com.flashsale.catalog.product;

import org.jspecify.annotations.NullMarked;
