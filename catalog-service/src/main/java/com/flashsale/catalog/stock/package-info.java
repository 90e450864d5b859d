/** The approximate stock of each sale: a copy of the facts of inventory-service. */
@NullMarked
package com.flashsale.catalog.stock;

import org.jspecify.annotations.NullMarked;
