package io.jenkins.plugins.builderfarm.bucket;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A running server. Objects live in memory, or in a directory that a later server can be started on. Thread-safe.
 *
 * <p>What it leaves out: object versions (only the live generation can be read), ACLs, composing and copying, {@code
 * fields} masks (answers are whole), decompression of objects stored with {@code contentEncoding=gzip}, and resumable
 * sessions do not outlive the server.
 */
public final class BucketServer implements AutoCloseable {

    /** Requests handled at once; a {@link Hang} holds one of them. More wait for their turn. */
    public static final int THREADS = 64;

    private static final int MAX_WAITING = 10_000;

    static {
        // Java's server sends head and body in two packets; with Nagle's algorithm that costs 40 ms an answer. It reads
        // the property once, when the first server of the process is made.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final Builder settings;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    /** Held while a bucket is made. */
    private final Object creation = new Object();

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final DirectoryLock lock;
    private final HttpServer server;
    private final ThreadPoolExecutor executor;

    private BucketServer(Builder settings) throws IOException {
        this.settings = settings;
        this.lock = settings.directory == null ? null : DirectoryLock.take(settings.directory);
        try {
            for (String name : bucketNames()) {
                createBucket(name);
            }
            server = listen(settings.address);
        } catch (IOException | RuntimeException e) {
            release();
            throw e;
        }
        executor = executor();
        server.setExecutor(executor);
        Api api = new Api(buckets, settings.access);
        server.createContext("/", new Exchanges(api, faults, log, endpoint().toString()));
        server.start();
    }

    /** Settings: in memory, a free port of the loopback interface, no bucket, open to everybody. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a server with these settings and no others.
     *
     * @param directory where objects are kept; null: in memory
     * @param address port 0: any free one
     * @param buckets that exist beside those in the directory
     */
    public static BucketServer start(Path directory, InetSocketAddress address, String... buckets) throws IOException {
        return builder().directory(directory).address(address).buckets(buckets).start();
    }

    /** Where it listens, {@code http://127.0.0.1:PORT}: the root URL for both official clients. */
    public URI endpoint() {
        String host = server.getAddress().getAddress().getHostAddress();
        String literal = host.contains(":") ? "[" + host.replaceAll("%.*", "") + "]" : host;
        return URI.create("http://" + literal + ":" + server.getAddress().getPort());
    }

    /** What goes wrong, and when. */
    public Faults faults() {
        return faults;
    }

    /** The latest requests, oldest first; one that is still running has status 0. At most 10,000. */
    public List<RecordedRequest> requests() {
        return log.snapshot();
    }

    /** Empties the record. */
    public void forgetRequests() {
        log.clear();
    }

    /** Makes a bucket; harmless if it exists. The API itself has no way to. */
    public void createBucket(String name) throws IOException {
        if (!Names.isBucket(name)) {
            throw new IllegalArgumentException("Not a bucket's name: " + name);
        }
        synchronized (creation) {
            if (!buckets.containsKey(name)) {
                Storage storage = settings.directory == null
                        ? new MemoryStorage(settings.maxObjectBytes)
                        : new DirectoryStorage(settings.directory.resolve(name), settings.maxObjectBytes);
                buckets.put(name, new Bucket(name, storage, settings.clock));
            }
        }
    }

    /**
     * Stores an object past the network, for tests.
     *
     * @return its generation
     */
    public long put(String bucket, String object, byte[] bytes) throws IOException {
        Bucket target = require(bucket);
        Draft draft = target.draft();
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            in.transferTo(draft);
        }
        return target.put(Names.requireObject(object), draft, Attributes.NONE, Preconditions.NONE)
                .generation();
    }

    /** An object's bytes past the network, for tests; empty if there is none. */
    public Optional<byte[]> get(String bucket, String object) throws IOException {
        try (InputStream in =
                require(bucket).open(object, null, Preconditions.NONE).bytes()) {
            return Optional.of(in.readAllBytes());
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    /** Stops listening, cuts every connection, ends what hangs; what clients stored is safe. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        server.stop(0);
        executor.shutdownNow();
        try {
            // The directory is not free before the last write to it has ended.
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IOException("Requests are still running after 5 seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    private void release() throws IOException {
        for (Bucket bucket : buckets.values()) {
            bucket.close();
        }
        if (lock != null) {
            lock.close();
        }
    }

    private Bucket require(String bucket) {
        Bucket found = buckets.get(bucket);
        if (found == null) {
            throw new IllegalArgumentException("No such bucket: " + bucket);
        }
        return found;
    }

    private TreeSet<String> bucketNames() throws IOException {
        TreeSet<String> names = new TreeSet<>(settings.buckets);
        if (settings.directory != null) {
            try (Stream<Path> files = Files.list(settings.directory)) {
                files.filter(Files::isDirectory)
                        .map(file -> String.valueOf(file.getFileName()))
                        .filter(Names::isBucket)
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static HttpServer listen(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException("Can't listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private static ThreadPoolExecutor executor() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "bucket-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** A server's settings. Not thread-safe. */
    public static final class Builder {

        private Path directory;
        private InetSocketAddress address = new InetSocketAddress("127.0.0.1", 0);
        private List<String> buckets = List.of();
        private Clock clock = Clock.systemUTC();
        private Access access = Access.open();
        private long maxObjectBytes = 1L << 30;

        private Builder() {}

        /** Keeps objects in this directory, which is made if it is missing; null: in memory. */
        public Builder directory(Path value) {
            directory = value;
            return this;
        }

        /** Listens here; port 0: any free one. */
        public Builder address(InetSocketAddress value) {
            address = Objects.requireNonNull(value, "address");
            return this;
        }

        /** Buckets that exist, beside those in the directory. */
        public Builder buckets(String... names) {
            buckets = Arrays.asList(names.clone());
            return this;
        }

        /** Where times and generations come from. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Who may do what. */
        public Builder access(Access value) {
            access = Objects.requireNonNull(value, "access");
            return this;
        }

        /** Larger objects are refused; 1 GiB unless told otherwise. */
        public Builder maxObjectBytes(long value) {
            maxObjectBytes = value;
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws IOException if the address is taken, or the directory can't be used or is in use by another server
         * @throws IllegalArgumentException if a bucket's name is not allowed
         */
        public BucketServer start() throws IOException {
            return new BucketServer(this);
        }
    }
}
