/** Measurements of the platform while it is under load: processor time, queues, waits. */
@NullMarked
package com.flashsale.load.observe;

import org.jspecify.annotations.NullMarked;
