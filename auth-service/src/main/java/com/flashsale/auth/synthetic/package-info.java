/**
 * Shoppers of load tests: accounts without a person, with tokens at once, marked so that every trace can be removed.
 */
@NullMarked
package com.flashsale.auth.synthetic;

import org.jspecify.annotations.NullMarked;
