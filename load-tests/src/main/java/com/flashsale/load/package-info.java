/** Measures a running platform. */
@NullMarked
package com.flashsale.load;

import org.jspecify.annotations.NullMarked;
