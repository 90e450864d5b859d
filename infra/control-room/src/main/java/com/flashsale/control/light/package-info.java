/** The audit light: the live rules of the audit, while a browser watches. */
@NullMarked
package com.flashsale.control.light;

import org.jspecify.annotations.NullMarked;
