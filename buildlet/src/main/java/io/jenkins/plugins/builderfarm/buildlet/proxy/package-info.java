/** The way to the controller where a proxy stands in between. */
package io.jenkins.plugins.builderfarm.buildlet.proxy;
