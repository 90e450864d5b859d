/** The command ./flashsale: each class is a command, and translates its options to one use case of another module. */
@NullMarked
package com.flashsale.cli;

import org.jspecify.annotations.NullMarked;
