/** Access control: access tokens, and small tokens that the platform signs itself. */
@NullMarked
package com.flashsale.platform.security;

import org.jspecify.annotations.NullMarked;
