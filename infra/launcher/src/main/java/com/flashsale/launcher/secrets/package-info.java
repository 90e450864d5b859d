/** Passwords and keys of one platform, made once. */
@NullMarked
package com.flashsale.launcher.secrets;

import org.jspecify.annotations.NullMarked;
