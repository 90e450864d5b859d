/** Tools for asynchronous steps: time limits and shared calls. */
@NullMarked
package com.flashsale.gateway.reactive;

import org.jspecify.annotations.NullMarked;
