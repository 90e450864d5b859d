/** A platform that containers or a cluster run: where its replicas are, and whether they answer. */
@NullMarked
package com.flashsale.control.elsewhere;

import org.jspecify.annotations.NullMarked;
