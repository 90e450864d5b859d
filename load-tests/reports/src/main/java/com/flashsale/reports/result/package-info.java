/** The document that a run leaves behind. */
@NullMarked
package com.flashsale.reports.result;

import org.jspecify.annotations.NullMarked;
