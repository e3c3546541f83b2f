package io.jenkins.plugins.builderfarm.bucket;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps a bucket in a directory: per object a metadata file {@code KEY.json} and its bytes in {@code KEY.GENERATION}, where
 * KEY is a digest of the object's name, so that no name, whatever it holds, can lead out of the directory. The rename of
 * the metadata file is the moment an object comes to be; bytes that no metadata names are swept up at the next start.
 */
final class DirectoryStorage implements Storage {

    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.(json|[0-9]+)|(upload|write)-[0-9]+\\.tmp");
    private static final String METADATA = ".json";
    private static final String TEMPORARY = ".tmp";
    private static final String LAST_GENERATION = "last-generation";

    private final Path directory;
    private final long limit;

    /** @param directory made if it is missing */
    DirectoryStorage(Path directory, long limit) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.limit = limit;
    }

    @Override
    public List<Loaded> load() throws IOException {
        List<Loaded> objects = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Path file : files()) {
            String fileName = fileName(file);
            if (fileName.endsWith(METADATA)) {
                ObjectMetadata metadata = readMetadata(file);
                objects.add(new Loaded(metadata, new FileContent(bytesFile(metadata))));
                known.add(fileName);
                known.add(fileName(bytesFile(metadata)));
            }
        }
        for (Path file : files()) {
            if (!known.contains(fileName(file))) {
                Files.delete(file);
            }
        }
        return objects;
    }

    @Override
    public long lastGeneration() throws IOException {
        Path file = directory.resolve(LAST_GENERATION);
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            return Long.parseLong(Files.readString(file).trim());
        } catch (NumberFormatException e) {
            throw new IOException(file + " holds no number", e);
        }
    }

    @Override
    public Draft draft() throws IOException {
        return new FileDraft(Files.createTempFile(directory, "upload-", TEMPORARY), limit);
    }

    @Override
    public Content publish(Draft draft, ObjectMetadata metadata) throws IOException {
        Path bytes = bytesFile(metadata);
        if (!(draft instanceof FileDraft ours)) {
            throw new IllegalArgumentException("A draft of another storage: " + draft.getClass());
        }
        ours.moveTo(bytes);
        update(metadata);
        return new FileContent(bytes);
    }

    @Override
    public void update(ObjectMetadata metadata) throws IOException {
        replace(metadataFile(metadata.name()), Json.bytes(Json.common(metadata)));
    }

    @Override
    public void remove(ObjectMetadata metadata) throws IOException {
        // Nothing else would remember a deleted object's generation, and a clock may go back before the next start.
        replace(
                directory.resolve(LAST_GENERATION),
                Long.toString(metadata.generation()).getBytes(StandardCharsets.US_ASCII));
        Files.deleteIfExists(metadataFile(metadata.name()));
    }

    @Override
    public void close() {
        // no file stays open
    }

    /** Files that this class wrote: a directory that was named by mistake keeps everything else. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> OURS.matcher(fileName(file)).matches() && Files.isRegularFile(file))
                    .toList();
        }
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }

    private Path metadataFile(String name) {
        return directory.resolve(Names.key(name) + METADATA);
    }

    private Path bytesFile(ObjectMetadata metadata) {
        return directory.resolve(Names.key(metadata.name()) + "." + metadata.generation());
    }

    private ObjectMetadata readMetadata(Path file) throws IOException {
        ObjectMetadata metadata;
        try {
            metadata = parse(Json.parse(Files.readAllBytes(file)));
        } catch (ApiException | IllegalArgumentException | DateTimeException e) {
            throw new IOException(file + " is not an object's metadata: " + e.getMessage(), e);
        }
        if (!file.equals(metadataFile(metadata.name()))) {
            throw new IOException(file + " is the metadata of " + metadata.name() + ", which belongs in another file");
        }
        Path bytes = bytesFile(metadata);
        if (!Files.isRegularFile(bytes) || Files.size(bytes) != metadata.size()) {
            throw new IOException(bytes + " should hold the " + metadata.size() + " bytes of " + metadata.name());
        }
        return metadata;
    }

    private static ObjectMetadata parse(JsonObject json) {
        return new ObjectMetadata(
                required(json, "bucket"),
                Names.requireObject(required(json, "name")),
                Long.parseLong(required(json, "generation")),
                Long.parseLong(required(json, "metageneration")),
                Long.parseLong(required(json, "size")),
                new Checksums(required(json, "md5Hash"), required(json, "crc32c")),
                Json.patched(Attributes.NONE, json),
                Instant.parse(required(json, "timeCreated")),
                Instant.parse(required(json, "updated")));
    }

    private static String required(JsonObject json, String field) {
        String value = Json.string(json, field);
        if (value == null) {
            throw ApiException.invalid(field + " is missing");
        }
        return value;
    }

    /** Writes beside the file, then renames: a reader finds the old bytes or the new ones, never a mixture. */
    private void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = Files.createTempFile(directory, "write-", TEMPORARY);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private record FileContent(Path file) implements Content {

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public void delete() throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
