/** The draw of a lobby, checked from outside. */
@NullMarked
package com.flashsale.audit.draw;

import org.jspecify.annotations.NullMarked;
