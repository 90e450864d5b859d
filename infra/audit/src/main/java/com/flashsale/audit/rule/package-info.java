/** The invariants, and the rules that show each of them. */
@NullMarked
package com.flashsale.audit.rule;

import org.jspecify.annotations.NullMarked;
