/** The control room of one platform: what runs it, and when it samples. */
@NullMarked
package com.flashsale.control;

import org.jspecify.annotations.NullMarked;
