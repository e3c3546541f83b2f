package io.jenkins.plugins.builderfarm.bucket;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/** The program {@code bucket.jar}; {@link Options#HELP} says how it is used. */
public final class Main {

    /** Bad flags. */
    static final int EXIT_USAGE = 64;
    /** Network or files. */
    static final int EXIT_IO = 74;

    private Main() {}

    /** Runs until a signal. */
    public static void main(String[] args) {
        int code = run(args, System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Everything but the exit; returns at once unless the server runs. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        Options options;
        try {
            options = Options.parse(args);
        } catch (Options.UsageException e) {
            err.println("bucket: " + e.getMessage() + " (--help says more)");
            return EXIT_USAGE;
        }
        if (options.help()) {
            out.print(Options.HELP);
            return 0;
        }
        try {
            serve(options, out);
            return 0;
        } catch (IOException e) {
            err.println("bucket: " + explain(e));
            return EXIT_IO;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EXIT_IO;
        }
    }

    private static void serve(Options options, PrintStream out) throws IOException, InterruptedException {
        BucketServer server = BucketServer.builder()
                .address(options.listen())
                .directory(options.directory())
                .buckets(options.buckets().toArray(String[]::new))
                .access(access(options.tokenFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, options.portFile()), "bucket-stop"));
        if (options.portFile() != null) {
            writePort(options.portFile(), server.endpoint().getPort());
        }
        out.println("bucket: " + String.join(", ", options.buckets()) + " on " + server.endpoint()
                + (options.directory() == null ? ", in memory" : ", kept in " + options.directory()));
        out.flush();
        new CountDownLatch(1).await();
    }

    private static void stop(BucketServer server, Path portFile) {
        try {
            server.close();
            if (portFile != null) {
                Files.deleteIfExists(portFile);
            }
        } catch (IOException e) {
            // The process ends anyway, and what was stored is on the disk.
            System.err.println("bucket: " + explain(e));
        }
    }

    private static Access access(Path tokenFile) throws IOException {
        if (tokenFile == null) {
            return Access.open();
        }
        String token = Files.readString(tokenFile).trim();
        if (token.isEmpty()) {
            throw new IOException(tokenFile + " holds no token");
        }
        return Access.tokenForWrites(token);
    }

    /** In one step: whoever waits for the file never reads half a number. */
    private static void writePort(Path file, int port) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(temporary, port + "\n");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String explain(IOException e) {
        // Java's file exceptions say no more than the file's name.
        boolean terse = e instanceof FileSystemException;
        return terse ? e.getClass().getSimpleName() + ": " + e.getMessage() : e.getMessage();
    }
}
