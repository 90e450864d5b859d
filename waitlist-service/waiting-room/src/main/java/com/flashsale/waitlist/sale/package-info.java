/** Copies of the facts about a sale from catalog-service and inventory-service, so that it goes on without them. */
@NullMarked
package com.flashsale.waitlist.sale;

import org.jspecify.annotations.NullMarked;
