/** Another version of a service: replicas change one at a time while customers buy, and one command leads back. */
@NullMarked
package com.flashsale.local.rollout;

import org.jspecify.annotations.NullMarked;
