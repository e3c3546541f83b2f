/** Who builds what, asked from outside: a page, JSON and a command, each with the reasons. */
package io.jenkins.plugins.builderfarm.policy;
