/** Known violation: edges that write SQL. */
@NullMarked
package com.flashsale.violation.edge;

import org.jspecify.annotations.NullMarked;
