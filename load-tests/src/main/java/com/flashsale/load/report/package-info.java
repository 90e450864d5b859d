/** A result as one page that opens without a network. */
@NullMarked
package com.flashsale.load.report;

import org.jspecify.annotations.NullMarked;
