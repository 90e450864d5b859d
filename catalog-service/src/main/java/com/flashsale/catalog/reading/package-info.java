/** How a crowd of readers is answered: from memory for a second, by pages, and with 304 where nothing changed. */
@NullMarked
package com.flashsale.catalog.reading;

import org.jspecify.annotations.NullMarked;
