/** Reading batches of events, and where those go that cannot be read. */
@NullMarked
package com.flashsale.platform.messaging;

import org.jspecify.annotations.NullMarked;
