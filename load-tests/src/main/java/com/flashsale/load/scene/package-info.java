/** What visitors do, and one measured run of it. */
@NullMarked
package com.flashsale.load.scene;

import org.jspecify.annotations.NullMarked;
