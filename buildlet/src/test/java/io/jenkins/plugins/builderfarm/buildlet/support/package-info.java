/** A controller and a buildlet process for the tests. */
package io.jenkins.plugins.builderfarm.buildlet.support;
