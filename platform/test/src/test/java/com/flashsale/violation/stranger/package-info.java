/** Known violation: the classes of another service. */
@NullMarked
package com.flashsale.violation.stranger;

import org.jspecify.annotations.NullMarked;
