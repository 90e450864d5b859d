/** The words of the pages in the languages of the shop. */
@NullMarked
package com.flashsale.auth.language;

import org.jspecify.annotations.NullMarked;
