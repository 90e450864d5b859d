/** The end of a sign-in: the browser's session, and all tokens that were issued in it. */
@NullMarked
package com.flashsale.auth.signout;

import org.jspecify.annotations.NullMarked;
