/** The waiting room and the waitlist under a seeded scheduler. */
@NullMarked
package com.flashsale.waitlist.simulation;

import org.jspecify.annotations.NullMarked;
