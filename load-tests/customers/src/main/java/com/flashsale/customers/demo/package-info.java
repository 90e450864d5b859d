/** A sale with a crowd, from the first click to the audited result. */
@NullMarked
package com.flashsale.customers.demo;

import org.jspecify.annotations.NullMarked;
