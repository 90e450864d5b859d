/** The commands of {@code k8s/}, run against a recorder in place of kubectl, kind and docker. */
@NullMarked
package com.flashsale.manifests.scripts;

import org.jspecify.annotations.NullMarked;
