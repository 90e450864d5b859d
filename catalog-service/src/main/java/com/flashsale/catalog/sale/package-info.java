/** Sales: limited offers, from the announcement to the end. */
@NullMarked
package com.flashsale.catalog.sale;

import org.jspecify.annotations.NullMarked;
