/** A new version beside the old one: copies are replaced one at a time while people buy, and back by one command. */
@NullMarked
package com.flashsale.local.rollout;

import org.jspecify.annotations.NullMarked;
