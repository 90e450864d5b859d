/** Stories of a sale, told by Gatling. */
@NullMarked
package com.flashsale.load.story;

import org.jspecify.annotations.NullMarked;
