/** Customers with habits, drawn from a seed, who want what is on sale: what they do, what they are told, what it took. */
@NullMarked
package com.flashsale.launcher.crowd;

import org.jspecify.annotations.NullMarked;
