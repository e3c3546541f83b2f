/** Commands for {@code jenkins-cli}. */
package io.jenkins.plugins.builderfarm.cli;
