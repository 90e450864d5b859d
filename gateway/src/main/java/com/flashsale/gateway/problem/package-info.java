/** What went wrong, as a problem document. */
@NullMarked
package com.flashsale.gateway.problem;

import org.jspecify.annotations.NullMarked;
