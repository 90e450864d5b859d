/** The document that a run leaves behind. */
@NullMarked
package com.flashsale.load.result;

import org.jspecify.annotations.NullMarked;
