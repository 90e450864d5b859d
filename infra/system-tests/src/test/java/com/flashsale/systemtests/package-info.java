/** The platform as its users meet it: processes, ports, HTTP. Nothing of the services' code is used here. */
@NullMarked
package com.flashsale.systemtests;

import org.jspecify.annotations.NullMarked;
