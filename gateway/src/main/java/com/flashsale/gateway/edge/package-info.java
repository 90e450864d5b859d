/** The edge: the identity of the client, the trust in its proxies, and the headers of each response. */
@NullMarked
package com.flashsale.gateway.edge;

import org.jspecify.annotations.NullMarked;
