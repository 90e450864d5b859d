/** The present state of the platform, written for other commands and shown to people and scripts. */
@NullMarked
package com.flashsale.client.platform;

import org.jspecify.annotations.NullMarked;
