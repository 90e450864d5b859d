/** Event streams that cost a socket and a few KiB each: no thread, no request, no response is kept for one. */
@NullMarked
package com.flashsale.platform.stream;

import org.jspecify.annotations.NullMarked;
