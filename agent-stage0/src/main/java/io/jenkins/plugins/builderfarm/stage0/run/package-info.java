/** Which release a start gets, how it is run, and what its end says about it. */
package io.jenkins.plugins.builderfarm.stage0.run;
