/** Known violation: time and ids out of thin air. */
@NullMarked
package com.flashsale.violation.time;

import org.jspecify.annotations.NullMarked;
