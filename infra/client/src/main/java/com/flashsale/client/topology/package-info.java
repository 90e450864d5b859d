/** The parts of a platform: the table of services, their ports, heaps, dependencies and replicas. */
@NullMarked
package com.flashsale.client.topology;

import org.jspecify.annotations.NullMarked;
