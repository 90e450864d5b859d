/** The native provider of cryptography, which every process takes when its platform has one. */
@NullMarked
package com.flashsale.platform.crypto;

import org.jspecify.annotations.NullMarked;
