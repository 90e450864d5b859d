/** State machines under a seeded scheduler: what is random comes from one number, and that number plays it again. */
@NullMarked
package com.flashsale.platform.test.simulation;

import org.jspecify.annotations.NullMarked;
