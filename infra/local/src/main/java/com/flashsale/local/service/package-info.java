/** One service as a process: unpacked from its jar, with its JVM flags, its environment and its readiness. */
@NullMarked
package com.flashsale.local.service;

import org.jspecify.annotations.NullMarked;
