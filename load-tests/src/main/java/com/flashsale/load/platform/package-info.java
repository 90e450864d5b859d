/** The running platform as a load test sees it, and what a story needs before it begins. */
@NullMarked
package com.flashsale.load.platform;

import org.jspecify.annotations.NullMarked;
