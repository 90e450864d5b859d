/** The sample of one second: all figures at one time, as the page shows them. */
@NullMarked
package com.flashsale.control.sample;

import org.jspecify.annotations.NullMarked;
