/** The needs of every tool: its exit codes, its errors, its directories and its output. */
@NullMarked
package com.flashsale.client;

import org.jspecify.annotations.NullMarked;
