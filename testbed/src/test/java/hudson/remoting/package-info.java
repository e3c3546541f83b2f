/**
 * A stand-in for the controller's agent.jar, which is Jenkins's and can't be had from Maven Central: the few types that the
 * buildlet asks an agent.jar for, around an agent that connects to nothing. The plugin's tests run the real one.
 */
package hudson.remoting;
