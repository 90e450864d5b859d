/** What the person at the terminal sees while things start. */
@NullMarked
package com.flashsale.launcher.console;

import org.jspecify.annotations.NullMarked;
