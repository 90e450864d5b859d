/** Identity of people and machines: accounts, sign-in, access tokens and the keys that sign them. */
@NullMarked
package com.flashsale.auth;

import org.jspecify.annotations.NullMarked;
