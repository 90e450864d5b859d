/** Checks of this machine before anything is started. */
@NullMarked
package com.flashsale.local.preflight;

import org.jspecify.annotations.NullMarked;
