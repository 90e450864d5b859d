/** Every route warm and one purchase made before anybody is told READY. */
@NullMarked
package com.flashsale.local.proof;

import org.jspecify.annotations.NullMarked;
