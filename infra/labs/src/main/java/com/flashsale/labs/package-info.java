/** Labs: one guard less in a copy of a module, the promise that breaks, and the judgement of a fix. */
@NullMarked
package com.flashsale.labs;

import org.jspecify.annotations.NullMarked;
