/** The public API as a client sees it: tokens, shoppers, the operator. */
@NullMarked
package com.flashsale.launcher.client;

import org.jspecify.annotations.NullMarked;
