/** {@code make run}: the farm on this computer, with or without a Jenkins, and what there is to see. */
package io.jenkins.plugins.builderfarm.testbed.demo;
