/** Known violation: two features that need each other. */
@NullMarked
package com.flashsale.violation.cycle.hen;

import org.jspecify.annotations.NullMarked;
