/** Orders: accepted once, never lost, charged at most once. */
@NullMarked
package com.flashsale.order;

import org.jspecify.annotations.NullMarked;
