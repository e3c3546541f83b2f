package io.jenkins.plugins.builderfarm.testbed.machine;

/** A machine's end of its control connection. Neither method blocks, nor calls the machine before it returns. */
public interface Line {
    /** Leads nowhere. */
    Line NONE = new Line() {
        @Override
        public void send(String text) {
            // Nobody hears it.
        }

        @Override
        public void close() {
            // It never was open.
        }
    };

    void send(String text);

    void close();
}
