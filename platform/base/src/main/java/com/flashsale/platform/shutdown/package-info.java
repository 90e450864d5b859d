/** How a process takes its leave: first those who call it forget it, then it ends. */
@NullMarked
package com.flashsale.platform.shutdown;

import org.jspecify.annotations.NullMarked;
