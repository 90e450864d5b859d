/** The pages on which people sign in or make an account, and the browser session that follows. */
@NullMarked
package com.flashsale.auth.signin;

import org.jspecify.annotations.NullMarked;
