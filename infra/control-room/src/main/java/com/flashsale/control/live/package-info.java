/** The time line of events, the last ten minutes, and the streams to browsers. */
@NullMarked
package com.flashsale.control.live;

import org.jspecify.annotations.NullMarked;
