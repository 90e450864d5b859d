/** Known violation: everything is public. */
@NullMarked
package com.flashsale.violation.open;

import org.jspecify.annotations.NullMarked;
