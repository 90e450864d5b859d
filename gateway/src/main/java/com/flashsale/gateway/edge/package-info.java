/** Who is calling, what is believed of it, and what each answer carries. */
@NullMarked
package com.flashsale.gateway.edge;

import org.jspecify.annotations.NullMarked;
