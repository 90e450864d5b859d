/** The waiting room of each sale: numbers, turns and promises in Redis, and the rows that can rebuild them. */
@NullMarked
package com.flashsale.waitlist.room;

import org.jspecify.annotations.NullMarked;
