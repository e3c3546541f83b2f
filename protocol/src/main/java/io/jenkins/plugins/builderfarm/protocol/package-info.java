/** What the controller and its machines must agree on. No Jenkins, no network; JSON is the only dependency. */
package io.jenkins.plugins.builderfarm.protocol;
