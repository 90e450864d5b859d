/** Translates the failures of PostgreSQL into Spring's exceptions. */
@NullMarked
package com.flashsale.platform.database;

import org.jspecify.annotations.NullMarked;
