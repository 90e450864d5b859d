/** Tests of the outbox, in its package because the relay is not public. */
@NullMarked
package com.flashsale.platform.outbox;

import org.jspecify.annotations.NullMarked;
