/** What the tests of services share: real engines, tokens, events, races and architecture rules. */
@NullMarked
package com.flashsale.platform.test;

import org.jspecify.annotations.NullMarked;
