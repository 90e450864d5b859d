/** Shortcut before all steps: the connection itself answers polls, late joins and malformed requests. */
@NullMarked
package com.flashsale.gateway.fastpath;

import org.jspecify.annotations.NullMarked;
