/** The other half of the cycle. */
@NullMarked
package com.flashsale.violation.deep.part;

import org.jspecify.annotations.NullMarked;
