/** What catalog-service and inventory-service told us about a sale, kept so that it goes on without them. */
@NullMarked
package com.flashsale.waitlist.sale;

import org.jspecify.annotations.NullMarked;
