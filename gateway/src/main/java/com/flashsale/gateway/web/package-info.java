/** Entrance of each request: the filter that matches it, guards it and passes it to the fifth step. */
@NullMarked
package com.flashsale.gateway.web;

import org.jspecify.annotations.NullMarked;
