/** What operators send: checked as a whole, applied once. */
@NullMarked
package com.flashsale.catalog.operator;

import org.jspecify.annotations.NullMarked;
