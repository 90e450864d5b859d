/** Notes: written by people, and copied from the orders of another service. */
@NullMarked
package com.flashsale.sample.note;

import org.jspecify.annotations.NullMarked;
