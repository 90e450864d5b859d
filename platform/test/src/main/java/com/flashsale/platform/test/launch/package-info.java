/** Runs chosen tests in a process of its own, without Maven. */
@NullMarked
package com.flashsale.platform.test.launch;

import org.jspecify.annotations.NullMarked;
