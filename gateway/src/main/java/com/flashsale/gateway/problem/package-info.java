/** Failures, answered as problem documents. */
@NullMarked
package com.flashsale.gateway.problem;

import org.jspecify.annotations.NullMarked;
