/** The parts of the platform: the table of services, their ports, replicas, environments. */
@NullMarked
package com.flashsale.client.topology;

import org.jspecify.annotations.NullMarked;
