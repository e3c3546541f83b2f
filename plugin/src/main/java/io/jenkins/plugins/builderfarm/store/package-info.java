/** Files of the farm's under Jenkins's home. */
package io.jenkins.plugins.builderfarm.store;
