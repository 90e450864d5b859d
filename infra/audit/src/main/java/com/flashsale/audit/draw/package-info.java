/** The draw of a lobby, computed again without code of the service. */
@NullMarked
package com.flashsale.audit.draw;

import org.jspecify.annotations.NullMarked;
