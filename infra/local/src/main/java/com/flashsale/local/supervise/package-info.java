/** Resources in a graph: started when what they need is ready, watched, started again, stopped in reverse. */
@NullMarked
package com.flashsale.local.supervise;

import org.jspecify.annotations.NullMarked;
