/** The pages below {@code /builders} and their JSON. They read the pool and the configuration and hold nothing. */
package io.jenkins.plugins.builderfarm.pages;
