/** The output at the terminal while things start. */
@NullMarked
package com.flashsale.local.console;

import org.jspecify.annotations.NullMarked;
