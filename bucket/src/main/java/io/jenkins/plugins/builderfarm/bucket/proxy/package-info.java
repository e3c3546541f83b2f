/** A proxy between a program and its servers, for the tests of all programs that have to get through one. */
package io.jenkins.plugins.builderfarm.bucket.proxy;
