/** The switches of the platform: operators turn them, other processes ask for their state and obey. */
@NullMarked
package com.flashsale.catalog.switches;

import org.jspecify.annotations.NullMarked;
