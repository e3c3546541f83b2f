/**
 * A small server that speaks the part of the Google Cloud Storage API that the farm's programs use, for tests and for
 * {@code make run}. Both official clients drive the same test suite against it, which keeps it honest.
 *
 * <p>{@link io.jenkins.plugins.builderfarm.bucket.BucketServer} is the way in for tests,
 * {@link io.jenkins.plugins.builderfarm.bucket.Main} the program,
 * {@link io.jenkins.plugins.builderfarm.bucket.Faults} what makes it misbehave.
 */
package io.jenkins.plugins.builderfarm.bucket;
