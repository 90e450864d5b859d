/** From what was measured to what a crowd of another size needs. */
@NullMarked
package com.flashsale.load.plan;

import org.jspecify.annotations.NullMarked;
