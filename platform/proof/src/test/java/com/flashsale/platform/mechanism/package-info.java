/** A service of no domain at all, which uses every mechanism of the platform as a real one does. */
@NullMarked
package com.flashsale.platform.mechanism;

import org.jspecify.annotations.NullMarked;
