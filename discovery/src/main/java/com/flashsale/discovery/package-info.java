/** The registry: which instance of which service answers where. */
@NullMarked
package com.flashsale.discovery;

import org.jspecify.annotations.NullMarked;
