/** The one thread on which the buildlet decides, and its timers. */
package io.jenkins.plugins.builderfarm.buildlet.loop;
