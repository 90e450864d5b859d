/** The actions of visitors, and one measured run of them. */
@NullMarked
package com.flashsale.load.workload;

import org.jspecify.annotations.NullMarked;
