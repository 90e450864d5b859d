/** Many callers, one transaction. */
@NullMarked
package com.flashsale.platform.groupcommit;

import org.jspecify.annotations.NullMarked;
