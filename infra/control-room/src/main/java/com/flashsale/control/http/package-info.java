/** The server on loopback: guard, pages, streams, actions. */
@NullMarked
package com.flashsale.control.http;

import org.jspecify.annotations.NullMarked;
