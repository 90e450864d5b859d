/** Requests at the times at which they are due, whatever the answers do. */
@NullMarked
package com.flashsale.load.inject;

import org.jspecify.annotations.NullMarked;
