/** Messages that a service has set aside: how they are read, sent again, and what became of them. */
@NullMarked
package com.flashsale.client.deadletters;

import org.jspecify.annotations.NullMarked;
