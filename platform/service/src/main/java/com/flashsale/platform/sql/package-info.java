/** Rows as columns of arrays for statements about many rows, and locks of a database session. */
@NullMarked
package com.flashsale.platform.sql;

import org.jspecify.annotations.NullMarked;
