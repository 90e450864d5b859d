/** The platform as a whole: graph of resources, start, proof, state file, stop. */
@NullMarked
package com.flashsale.local.platform;

import org.jspecify.annotations.NullMarked;
