/** Builder keys on the controller: the master key in Jenkins's store, and which generations are valid. */
package io.jenkins.plugins.builderfarm.keys;
