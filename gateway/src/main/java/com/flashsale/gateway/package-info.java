/**
 * The public entrance of the platform: every request passes the front door, then a route, the queue's snapshot or a
 * page.
 */
@NullMarked
package com.flashsale.gateway;

import org.jspecify.annotations.NullMarked;
