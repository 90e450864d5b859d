/** The same platform in containers: docker compose starts it, and this package shows the progress. */
@NullMarked
package com.flashsale.local.compose;

import org.jspecify.annotations.NullMarked;
