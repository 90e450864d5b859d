/** Known violation: a transaction that waits for another process. */
@NullMarked
package com.flashsale.violation.remote;

import org.jspecify.annotations.NullMarked;
