/** Admits customers to a crowded sale, and offers returned units to the waitlist after it is sold out. */
@NullMarked
package com.flashsale.waitlist;

import org.jspecify.annotations.NullMarked;
