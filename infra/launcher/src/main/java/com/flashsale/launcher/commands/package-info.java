/** The commands and their options; each translates to one use case. */
@NullMarked
package com.flashsale.launcher.commands;

import org.jspecify.annotations.NullMarked;
