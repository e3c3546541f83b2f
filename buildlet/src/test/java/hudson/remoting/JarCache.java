package hudson.remoting;

/** As in Jenkins's remoting. */
public abstract class JarCache {}
