/** What things cost: {@code make bench}. Prints, and passes or fails nothing. */
package io.jenkins.plugins.builderfarm.testbed.bench;
