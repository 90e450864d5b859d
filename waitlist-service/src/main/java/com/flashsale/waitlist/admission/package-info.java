/** The right to place one order: who got one, and what became of it. PostgreSQL is the truth here; Redis may forget. */
@NullMarked
package com.flashsale.waitlist.admission;

import org.jspecify.annotations.NullMarked;
