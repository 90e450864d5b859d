/** A result as one page that opens without a network. */
@NullMarked
package com.flashsale.reports.view;

import org.jspecify.annotations.NullMarked;
