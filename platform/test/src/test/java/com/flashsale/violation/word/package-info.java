/** Known violation: mechanism that has learned words of the domain. */
@NullMarked
package com.flashsale.violation.word;

import org.jspecify.annotations.NullMarked;
