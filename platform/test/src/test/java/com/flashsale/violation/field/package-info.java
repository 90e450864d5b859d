/** Known violation: injection into fields. */
@NullMarked
package com.flashsale.violation.field;

import org.jspecify.annotations.NullMarked;
