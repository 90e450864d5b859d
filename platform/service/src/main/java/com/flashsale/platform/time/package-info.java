/** Clock and identifiers. */
@NullMarked
package com.flashsale.platform.time;

import org.jspecify.annotations.NullMarked;
