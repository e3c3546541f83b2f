/**
 * Builder Farm without Jenkins: the coordinator on a loopback socket, simulated machines, the real programs as processes,
 * the demo and the benchmarks. Used by tests, {@code make run} and {@code make bench}; never installed anywhere.
 */
package io.jenkins.plugins.builderfarm.testbed;
