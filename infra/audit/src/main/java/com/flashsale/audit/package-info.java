/** The invariants, checked over the services' databases by a role that can only read. */
@NullMarked
package com.flashsale.audit;

import org.jspecify.annotations.NullMarked;
