/** Load tests that a person starts and stops from the page. */
@NullMarked
package com.flashsale.control.load;

import org.jspecify.annotations.NullMarked;
