/** Requests at their due times, independent of the answers. */
@NullMarked
package com.flashsale.load.inject;

import org.jspecify.annotations.NullMarked;
