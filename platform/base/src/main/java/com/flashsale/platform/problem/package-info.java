/** Errors on the wire: RFC 9457 problem details with a stable type, a code and the trace id. */
@NullMarked
package com.flashsale.platform.problem;

import org.jspecify.annotations.NullMarked;
