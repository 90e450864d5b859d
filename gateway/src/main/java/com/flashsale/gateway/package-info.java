/**
 * The public entrance of the platform. A request passes the packages in this order: {@code client}, {@code auth},
 * {@code ratelimit} and {@code overload}; then {@code upstream}, {@code queue}, {@code stream} or {@code storefront};
 * then {@code response}. The package {@code web} runs the steps. Before them, {@code fastpath} answers and
 * {@code forward} forwards on the connection. The package {@code switches} knows what operators have turned off.
 */
@NullMarked
package com.flashsale.gateway;

import org.jspecify.annotations.NullMarked;
