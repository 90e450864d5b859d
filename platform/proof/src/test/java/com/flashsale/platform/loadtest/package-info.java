/** Tests of switch and purge, in their package because the purge's parts are not public. */
@NullMarked
package com.flashsale.platform.loadtest;

import org.jspecify.annotations.NullMarked;
