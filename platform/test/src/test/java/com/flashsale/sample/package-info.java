/** A service with one of everything, to test what services are tested with. */
@NullMarked
package com.flashsale.sample;

import org.jspecify.annotations.NullMarked;
