/** Admissions, each the right to place one order, from issue to end. PostgreSQL is the truth here; Redis may forget. */
@NullMarked
package com.flashsale.waitlist.admission;

import org.jspecify.annotations.NullMarked;
