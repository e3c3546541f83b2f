/** What an administrator is warned of on every page of the administration. */
package io.jenkins.plugins.builderfarm.monitor;
