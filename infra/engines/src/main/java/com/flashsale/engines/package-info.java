/**
 * PostgreSQL, Redis and Kafka as child processes: the real engines on one machine, without a container and without an
 * installation.
 */
@NullMarked
package com.flashsale.engines;

import org.jspecify.annotations.NullMarked;
