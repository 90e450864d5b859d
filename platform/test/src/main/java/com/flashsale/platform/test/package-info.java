/** The shared kit for tests of services: real engines, tokens, events, races and architecture rules. */
@NullMarked
package com.flashsale.platform.test;

import org.jspecify.annotations.NullMarked;
