/** State machines under a seeded scheduler: one number decides every random choice, and plays the run again. */
@NullMarked
package com.flashsale.platform.test.simulation;

import org.jspecify.annotations.NullMarked;
