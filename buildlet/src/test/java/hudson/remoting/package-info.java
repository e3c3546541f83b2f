/** A stand-in for the controller's agent.jar, with the API that the buildlet uses; the real one is Jenkins's own. */
package hudson.remoting;
