/** Stories of a sale, told by Gatling. */
@NullMarked
package com.flashsale.load.scenario;

import org.jspecify.annotations.NullMarked;
