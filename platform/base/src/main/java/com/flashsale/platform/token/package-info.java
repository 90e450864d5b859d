/** The gateway's proof that it has checked a token, so that no service behind it checks it again. */
@NullMarked
package com.flashsale.platform.token;

import org.jspecify.annotations.NullMarked;
