/** The proof before READY: each route responds on each replica, and a customer buys one unit. */
@NullMarked
package com.flashsale.local.proof;

import org.jspecify.annotations.NullMarked;
