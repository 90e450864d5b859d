/** The outbox and its relay under a seeded scheduler. */
@NullMarked
package com.flashsale.platform.simulation;

import org.jspecify.annotations.NullMarked;
