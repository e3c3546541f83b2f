package hudson.remoting;

/** As in Jenkins's remoting. */
public interface EngineListener {
    void status(String msg);

    void status(String msg, Throwable t);

    void error(Throwable t);

    void completed();

    void onDisconnect();

    void onReconnect();
}
