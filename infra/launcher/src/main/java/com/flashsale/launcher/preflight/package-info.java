/** Checks of this machine before anything is started. */
@NullMarked
package com.flashsale.launcher.preflight;

import org.jspecify.annotations.NullMarked;
