/** Many rows in one statement. */
@NullMarked
package com.flashsale.inventory.sql;

import org.jspecify.annotations.NullMarked;
