/** What runs now, written for other commands and told to people and scripts. */
@NullMarked
package com.flashsale.launcher.state;

import org.jspecify.annotations.NullMarked;
