/** A copy of a module's sources without a guard: made, compiled and played. */
@NullMarked
package com.flashsale.labs.scratch;

import org.jspecify.annotations.NullMarked;
