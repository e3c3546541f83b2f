/** The coordinator served on a loopback socket, without a Jenkins. */
package io.jenkins.plugins.builderfarm.testbed.controller;
