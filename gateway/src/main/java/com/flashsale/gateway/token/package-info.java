/** Whether an access token is genuine, decided here without asking anybody. */
@NullMarked
package com.flashsale.gateway.token;

import org.jspecify.annotations.NullMarked;
