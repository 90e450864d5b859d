/** Password hashes: Argon2id, and never more of them at once than the machine can bear. */
@NullMarked
package com.flashsale.auth.password;

import org.jspecify.annotations.NullMarked;
