/** Known violation: values that know Spring. */
@NullMarked
package com.flashsale.violation.value;

import org.jspecify.annotations.NullMarked;
