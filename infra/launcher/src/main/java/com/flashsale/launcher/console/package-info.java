/** The output at the terminal while things start. */
@NullMarked
package com.flashsale.launcher.console;

import org.jspecify.annotations.NullMarked;
