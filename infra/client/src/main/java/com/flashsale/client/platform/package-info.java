/** Where a platform runs: its state, addresses and secrets, and its databases for reading only. */
@NullMarked
package com.flashsale.client.platform;

import org.jspecify.annotations.NullMarked;
