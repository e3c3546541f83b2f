package io.jenkins.plugins.builderfarm.publisher;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import io.jenkins.plugins.builderfarm.protocol.release.Manifest;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.SignedManifest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A bucket's folder of releases. Every write carries the generation that it expects to replace, so nothing that somebody
 * else wrote is ever overwritten unseen, and a write whose answer got lost can be tried again.
 */
final class ReleaseBucket {
    /** The generation that says "not there yet". */
    static final long NONE = 0;

    private static final String JAR_TYPE = "application/java-archive";
    /** A jar is named by its digest, so it never changes. */
    private static final String JAR_CACHING = "public, max-age=31536000, immutable";

    private final Storage storage;
    private final Folder folder;
    private final Retry retry;

    ReleaseBucket(Storage storage, Folder folder, Retry retry) {
        this.storage = storage;
        this.folder = folder;
        this.retry = retry;
    }

    /** A manifest's envelope and the generation it was read at. */
    record Stored(String text, long generation) {}

    Folder folder() {
        return folder;
    }

    /** The manifest's envelope, unverified; empty if there is none. */
    Optional<Stored> readManifest() throws Failure {
        try {
            return Optional.of(retry.call(this::download));
        } catch (IOException e) {
            if (status(e) == 404) {
                return Optional.empty();
            }
            throw failure("read", Manifest.OBJECT, e);
        }
    }

    private Stored download() throws IOException {
        Storage.Objects.Get get = storage.objects().get(folder.bucket(), folder.object(Manifest.OBJECT));
        HttpResponse response = get.executeMedia();
        try (InputStream in = response.getContent()) {
            byte[] bytes = in.readNBytes(SignedManifest.LONGEST + 1);
            String generation = response.getHeaders().getFirstHeaderStringValue("x-goog-generation");
            if (generation == null || !generation.matches("[0-9]{1,18}")) {
                throw new IOException("the answer names no generation, so it is not Cloud Storage's");
            }
            return new Stored(new String(bytes, StandardCharsets.UTF_8), Long.parseLong(generation));
        } finally {
            response.disconnect();
        }
    }

    /**
     * Replaces the manifest.
     *
     * @param expected the generation that is to be replaced, {@link #NONE} for none
     * @return the new generation; empty if another one than expected is there
     */
    Optional<Long> writeManifest(String text, long expected) throws Failure {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            StorageObject written = insert(Manifest.OBJECT, "application/json", "no-cache", bytes, expected);
            return Optional.of(written.getGeneration());
        } catch (IOException e) {
            if (status(e) != 412) {
                throw failure("write", Manifest.OBJECT, e);
            }
        }
        // Perhaps it was our own write that came first and only its answer that got lost.
        return readManifest().filter(now -> now.text().equals(text)).map(Stored::generation);
    }

    /** Uploads a release's jar unless it is there. */
    void putJar(Release release, byte[] bytes) throws Failure {
        try {
            insert(release.object(), JAR_TYPE, JAR_CACHING, bytes, NONE);
        } catch (IOException e) {
            if (status(e) != 412) {
                throw failure("write", release.object(), e);
            }
            requireSame(release, bytes);
        }
    }

    /** An object that changes, without its bytes; empty if it isn't there. */
    Optional<StorageObject> find(String name) throws Failure {
        try {
            return Optional.of(retry.call(() ->
                    storage.objects().get(folder.bucket(), folder.object(name)).execute()));
        } catch (IOException e) {
            if (status(e) == 404) {
                return Optional.empty();
            }
            throw failure("read", name, e);
        }
    }

    /**
     * Replaces a jar that keeps its name.
     *
     * @param expected the generation that is to be replaced, {@link #NONE} for none
     * @return the new generation; empty if another one than expected is there
     */
    Optional<Long> replaceJar(String name, byte[] bytes, long expected) throws Failure {
        try {
            return Optional.of(
                    insert(name, JAR_TYPE, "no-cache", bytes, expected).getGeneration());
        } catch (IOException e) {
            if (status(e) == 412) {
                return Optional.empty();
            }
            throw failure("write", name, e);
        }
    }

    private void requireSame(Release release, byte[] bytes) throws Failure {
        StorageObject there;
        try {
            there = retry.call(() -> storage.objects()
                    .get(folder.bucket(), folder.object(release.object()))
                    .execute());
        } catch (IOException e) {
            throw failure("read", release.object(), e);
        }
        boolean same = BigInteger.valueOf(bytes.length).equals(there.getSize())
                && (there.getMd5Hash() == null || there.getMd5Hash().equals(Md5.base64(bytes)));
        if (!same) {
            throw Failure.bucket(
                    folder.show(release.object()) + " is there with other content than its name says; remove it", null);
        }
    }

    private StorageObject insert(String name, String type, String caching, byte[] bytes, long expected)
            throws IOException {
        StorageObject metadata = new StorageObject()
                .setName(folder.object(name))
                .setContentType(type)
                .setCacheControl(caching)
                .setMd5Hash(Md5.base64(bytes));
        return retry.call(() -> {
            Storage.Objects.Insert insert = storage.objects()
                    .insert(folder.bucket(), metadata, new ByteArrayContent(type, bytes))
                    .setIfGenerationMatch(expected);
            insert.setDisableGZipContent(true);
            insert.getMediaHttpUploader().setDirectUploadEnabled(true);
            StorageObject stored = insert.execute();
            if (stored.getGeneration() == null) {
                throw new IOException("the answer names no generation, so it is not Cloud Storage's");
            }
            return stored;
        });
    }

    /** The sizes in bytes of the jars that are there, by their names in the folder. */
    Map<String, Long> jars() throws Failure {
        Map<String, Long> sizes = new TreeMap<>();
        String below = "buildlet/";
        try {
            String page = null;
            do {
                String token = page;
                Objects objects = retry.call(() -> storage.objects()
                        .list(folder.bucket())
                        .setPrefix(folder.object(below))
                        .setPageToken(token)
                        .execute());
                if (objects.getItems() != null) {
                    for (StorageObject object : objects.getItems()) {
                        sizes.put(
                                object.getName().substring(folder.prefix().length()),
                                object.getSize().longValueExact());
                    }
                }
                page = objects.getNextPageToken();
            } while (page != null);
            return sizes;
        } catch (IOException e) {
            throw failure("list", below, e);
        }
    }

    private static int status(IOException e) {
        return e instanceof HttpResponseException response ? response.getStatusCode() : 0;
    }

    private Failure failure(String verb, String object, IOException e) {
        return Failure.bucket("can't " + verb + " " + folder.show(object) + ": " + why(e), e);
    }

    private String why(IOException e) {
        if (!(e instanceof HttpResponseException response)) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        return switch (response.getStatusCode()) {
            case 401 -> "401, these credentials (or none) are not enough";
            case 403 -> "403, permission denied; publishing needs storage.objects.create, .get, .list and .delete";
            case 404 -> "404, there is no bucket " + folder.bucket();
            default -> response.getStatusCode() + " " + response.getStatusMessage();
        };
    }
}
