/** The rules for access tokens, and the gateway's word that it has verified one, so that no service does so again. */
@NullMarked
package com.flashsale.platform.token;

import org.jspecify.annotations.NullMarked;
