/** What the buildlet reads of its machine and does to it: facts, preflight, clean-up, reboot. */
package io.jenkins.plugins.builderfarm.buildlet.machine;
