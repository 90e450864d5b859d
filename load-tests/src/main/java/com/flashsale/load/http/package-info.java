/** A client for HTTP/1.1 that costs little: prepared bytes out, the status and the little that matters in. */
@NullMarked
package com.flashsale.load.http;

import org.jspecify.annotations.NullMarked;
