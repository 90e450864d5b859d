/**
 * People's accounts. Their addresses and names stay in this service's database: tokens and events carry the id only.
 */
@NullMarked
package com.flashsale.auth.account;

import org.jspecify.annotations.NullMarked;
