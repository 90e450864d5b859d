/** Lists of rows as SQL arrays, and session locks. */
@NullMarked
package com.flashsale.waitlist.sql;

import org.jspecify.annotations.NullMarked;
