/** Actions of an operator through the public API. */
@NullMarked
package com.flashsale.control.steer;

import org.jspecify.annotations.NullMarked;
