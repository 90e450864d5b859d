/** The way of one order, ticket or customer through all services, as one time line. */
@NullMarked
package com.flashsale.audit.explain;

import org.jspecify.annotations.NullMarked;
