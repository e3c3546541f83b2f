package hudson.remoting;

import java.io.File;

/** As remoting has it, as far as the buildlet cares. */
public final class FileSystemJarCache extends JarCache {
    public FileSystemJarCache(File root, boolean touch) {}
}
