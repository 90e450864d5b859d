/** What PostgreSQL says, in the words of Spring. */
@NullMarked
package com.flashsale.platform.database;

import org.jspecify.annotations.NullMarked;
