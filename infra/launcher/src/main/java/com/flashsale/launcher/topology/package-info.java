/** What runs: the table of services, their ports, copies, environments. */
@NullMarked
package com.flashsale.launcher.topology;

import org.jspecify.annotations.NullMarked;
