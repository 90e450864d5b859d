/** Faults that end by themselves, and the processes that they hit. */
@NullMarked
package com.flashsale.control.fault;

import org.jspecify.annotations.NullMarked;
