/** The commands and their options; each translates to one use case. */
@NullMarked
package com.flashsale.cli;

import org.jspecify.annotations.NullMarked;
