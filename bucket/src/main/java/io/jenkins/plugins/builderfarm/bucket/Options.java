package io.jenkins.plugins.builderfarm.bucket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program's command line.
 *
 * @param directory null: in memory
 * @param buckets at least one
 * @param portFile null: none
 * @param tokenFile null: everybody may write
 */
record Options(
        boolean help, InetSocketAddress listen, Path directory, List<String> buckets, Path portFile, Path tokenFile) {

    static final String HELP = """
            usage: java -jar bucket.jar --bucket NAME [--bucket NAME ...] [flags]

            A small server that speaks the part of the Google Cloud Storage API that Builder Farm's
            programs use. For tests and for trying things out; it trusts everybody who can reach it,
            and so listens on the loopback interface only.

              --bucket NAME     a bucket that exists; may be given several times
              --listen HOST:PORT
                                a loopback address; port 0 takes any free one (default 127.0.0.1:0)
              --dir DIR         keep objects here (default: in memory, gone at the end)
              --port-file FILE  write the port here once requests are answered; removed at the end
              --require-token-for-writes FILE
                                writes need "Authorization: Bearer" with the token in this file
                                (default: no token is asked for)
              --help            this text

            exit codes
              0    stopped by a signal, or --help
              64   bad flags
              74   can't listen, or can't use a file or directory
            """;

    private static final Pattern LISTEN = Pattern.compile("(\\[[^]]+\\]|[^:]*):(\\d{1,5})");

    /** A mistake in the flags; the message names the flag. */
    static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String... args) throws UsageException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Path directory = null;
        Path portFile = null;
        Path tokenFile = null;
        List<String> buckets = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            String given = equals < 0 ? args[i] : args[i].substring(0, equals);
            String flag = given.startsWith("-") && !given.startsWith("--") ? "-" + given : given;
            if ("--help".equals(flag) || "--h".equals(flag)) {
                return new Options(true, listen, directory, buckets, portFile, tokenFile);
            }
            if (!List.of("--listen", "--dir", "--bucket", "--port-file", "--require-token-for-writes")
                    .contains(flag)) {
                throw new UsageException("unknown flag: " + given);
            }
            if (equals < 0 && i + 1 == args.length) {
                throw new UsageException(given + " wants a value");
            }
            String value = equals < 0 ? args[++i] : args[i].substring(equals + 1);
            switch (flag) {
                case "--listen" -> listen = address(value);
                case "--dir" -> directory = path(flag, value);
                case "--port-file" -> portFile = path(flag, value);
                case "--require-token-for-writes" -> tokenFile = path(flag, value);
                default -> buckets.add(bucket(value));
            }
        }
        if (buckets.isEmpty()) {
            throw new UsageException("--bucket is missing");
        }
        return new Options(false, listen, directory, buckets, portFile, tokenFile);
    }

    private static String bucket(String value) throws UsageException {
        if (!Names.isBucket(value)) {
            throw new UsageException("--bucket " + value
                    + ": a bucket's name has 3 or more lower-case letters, digits, dots, dashes and underscores");
        }
        return value;
    }

    private static Path path(String flag, String value) throws UsageException {
        if (value.isEmpty()) {
            throw new UsageException(flag + " wants a path, not nothing");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new UsageException(flag + " " + value + ": not a path: " + e.getReason());
        }
    }

    private static InetSocketAddress address(String value) throws UsageException {
        Matcher matcher = LISTEN.matcher(value);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535) {
            throw new UsageException("--listen " + value + ": HOST:PORT is wanted, for example 127.0.0.1:8080");
        }
        try {
            String host = matcher.group(1);
            InetAddress address = host.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
            if (!address.isLoopbackAddress()) {
                throw new UsageException("--listen " + value + ": not a loopback address, and this server trusts all");
            }
            return new InetSocketAddress(address, Integer.parseInt(matcher.group(2)));
        } catch (UnknownHostException e) {
            throw new UsageException("--listen " + value + ": no such host");
        }
    }
}
