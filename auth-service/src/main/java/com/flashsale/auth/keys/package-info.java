/** The keys that sign tokens: made, published ahead, used, retired, and encrypted at rest. */
@NullMarked
package com.flashsale.auth.keys;

import org.jspecify.annotations.NullMarked;
