/**
 * Load tests beside real traffic: a switch that stops them, and a purge that removes a run and proves that it removed
 * nothing else.
 */
@NullMarked
package com.flashsale.platform.loadtest;

import org.jspecify.annotations.NullMarked;
