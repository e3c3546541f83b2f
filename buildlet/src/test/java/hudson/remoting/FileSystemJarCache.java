package hudson.remoting;

import java.io.File;

/** As in Jenkins's remoting. */
public class FileSystemJarCache extends JarCache {
    final File root;

    public FileSystemJarCache(File root, boolean touch) {
        this.root = root;
    }
}
