/** A short way for the busiest requests of a service, past the filters and the dispatcher of Spring. */
@NullMarked
package com.flashsale.platform.fastpath;

import org.jspecify.annotations.NullMarked;
