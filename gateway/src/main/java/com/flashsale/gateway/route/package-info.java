/** Which path belongs to which service, and how a service is called. */
@NullMarked
package com.flashsale.gateway.route;

import org.jspecify.annotations.NullMarked;
