/** Readers of single figures: metrics, databases, Redis, processes. Each reads once when it is asked. */
@NullMarked
package com.flashsale.control.figures;

import org.jspecify.annotations.NullMarked;
