package hudson.remoting;

/** As remoting has it, as far as the buildlet cares. */
public abstract class JarCache {}
