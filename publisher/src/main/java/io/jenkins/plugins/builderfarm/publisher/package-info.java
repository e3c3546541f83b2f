/** The program that publishes buildlet releases in a bucket and says which machine gets which. */
package io.jenkins.plugins.builderfarm.publisher;
