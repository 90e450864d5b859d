/** Services as processes: unpacked from their jars, with their flags and the environment of the contract. */
@NullMarked
package com.flashsale.local.service;

import org.jspecify.annotations.NullMarked;
