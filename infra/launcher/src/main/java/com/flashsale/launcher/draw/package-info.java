/** The draw of a lobby, checked from outside. */
@NullMarked
package com.flashsale.launcher.draw;

import org.jspecify.annotations.NullMarked;
