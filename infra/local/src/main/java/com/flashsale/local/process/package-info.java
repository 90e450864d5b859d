/** One process: its start, its log, its end, and the waits before its restarts. */
@NullMarked
package com.flashsale.local.process;

import org.jspecify.annotations.NullMarked;
