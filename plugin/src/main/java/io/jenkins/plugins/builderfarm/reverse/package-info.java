/** {@code /reverse}: where machines dial in. */
package io.jenkins.plugins.builderfarm.reverse;
