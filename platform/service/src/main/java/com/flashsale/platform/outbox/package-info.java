/** Events stored beside the change that caused them and published after its commit. */
@NullMarked
package com.flashsale.platform.outbox;

import org.jspecify.annotations.NullMarked;
