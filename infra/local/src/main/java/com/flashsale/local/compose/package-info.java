/** The same platform in containers: docker compose does the work, this shows how far it is. */
@NullMarked
package com.flashsale.local.compose;

import org.jspecify.annotations.NullMarked;
