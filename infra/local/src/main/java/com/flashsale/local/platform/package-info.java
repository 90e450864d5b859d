/** The platform as a whole: blueprint, start, proof, stop. */
@NullMarked
package com.flashsale.local.platform;

import org.jspecify.annotations.NullMarked;
