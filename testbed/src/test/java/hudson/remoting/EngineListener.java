package hudson.remoting;

/** As remoting has it, as far as the buildlet cares. */
public interface EngineListener {
    void status(String message);

    void error(Throwable failure);
}
