/** Checks of Java, memory, disk and ports before a start. */
@NullMarked
package com.flashsale.local.preflight;

import org.jspecify.annotations.NullMarked;
