/** What the gateway may say about a token that it has checked, so that nobody behind it must check it again. */
@NullMarked
package com.flashsale.platform.token;

import org.jspecify.annotations.NullMarked;
