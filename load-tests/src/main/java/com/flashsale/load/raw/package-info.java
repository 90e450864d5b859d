/** What the engines can do by themselves, on the same machine at the same time. */
@NullMarked
package com.flashsale.load.raw;

import org.jspecify.annotations.NullMarked;
