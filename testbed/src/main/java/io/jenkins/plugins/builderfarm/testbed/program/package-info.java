/** The real programs as processes: where their jars are, how they are started, watched, stopped and killed. */
package io.jenkins.plugins.builderfarm.testbed.program;
