/** Public reads at scale: one second from memory, in pages, and 304 where nothing changed. */
@NullMarked
package com.flashsale.catalog.reading;

import org.jspecify.annotations.NullMarked;
