/**
 * Starts the platform on this machine, in the order of the packages: {@code preflight} checks, {@code process} and
 * {@code supervise} start and watch, {@code service} knows the services, {@code platform} puts all together.
 * {@code proof}, {@code starter}, {@code rollout}, {@code compose} and {@code console} complete it.
 */
@NullMarked
package com.flashsale.local;

import org.jspecify.annotations.NullMarked;
