/**
 * Shortcut before all steps: the connection itself answers polls, late joins, streams of a queue, malformed requests
 * and requests without room.
 */
@NullMarked
package com.flashsale.gateway.fastpath;

import org.jspecify.annotations.NullMarked;
