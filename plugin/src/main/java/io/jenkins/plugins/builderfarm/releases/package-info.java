/** What the controller knows of buildlet releases: it polls the bucket's signed manifest. */
package io.jenkins.plugins.builderfarm.releases;
