/** Who may come in while a sale is crowded, and who comes next after it is sold out. */
@NullMarked
package com.flashsale.waitlist;

import org.jspecify.annotations.NullMarked;
