/** The sale that a person finds on the home page after a start. */
@NullMarked
package com.flashsale.local.starter;

import org.jspecify.annotations.NullMarked;
