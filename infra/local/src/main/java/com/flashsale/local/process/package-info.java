/** Processes: how one is started, recognised, measured and ended. */
@NullMarked
package com.flashsale.local.process;

import org.jspecify.annotations.NullMarked;
