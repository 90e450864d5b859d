/** The use cases of a lab: play it, judge a fix, play all. */
@NullMarked
package com.flashsale.labs.play;

import org.jspecify.annotations.NullMarked;
