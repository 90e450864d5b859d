/** A package that needs its own sub-package, which needs it. */
@NullMarked
package com.flashsale.violation.deep;

import org.jspecify.annotations.NullMarked;
