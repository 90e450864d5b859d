/** The refusals of waiting room and waitlist, as problem documents. */
@NullMarked
package com.flashsale.waitlist.problem;

import org.jspecify.annotations.NullMarked;
