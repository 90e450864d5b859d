/** The platform as a whole: blueprint, start, proof, stop. */
@NullMarked
package com.flashsale.launcher.platform;

import org.jspecify.annotations.NullMarked;
