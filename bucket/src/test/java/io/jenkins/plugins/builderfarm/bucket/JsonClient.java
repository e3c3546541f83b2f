package io.jenkins.plugins.builderfarm.bucket;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code google-api-services-storage}, the client that stage0 uses. */
final class JsonClient implements BucketClient {

    private final Storage storage;
    private final String bucket;

    JsonClient(URI endpoint, String bucket) {
        this.bucket = bucket;
        this.storage = new Storage.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), null)
                .setRootUrl(endpoint + "/")
                .setApplicationName("builder-farm-test")
                .build();
    }

    @Override
    public Stored upload(Upload upload) throws IOException {
        StorageObject metadata = new StorageObject()
                .setName(upload.name())
                .setContentType(upload.contentType())
                .setCacheControl(upload.cacheControl())
                .setMd5Hash(upload.md5())
                .setCrc32c(upload.crc32c());
        boolean bytesAlone = upload.way() == Way.MEDIA;
        Storage.Objects.Insert insert = storage.objects()
                .insert(
                        bucket,
                        bytesAlone ? null : metadata,
                        new ByteArrayContent(upload.contentType(), upload.bytes()))
                .setIfGenerationMatch(upload.ifGenerationMatch());
        if (bytesAlone) {
            insert.setName(upload.name());
        }
        insert.getMediaHttpUploader().setDirectUploadEnabled(upload.way() != Way.RESUMABLE);
        insert.getMediaHttpUploader().setChunkSize(UploadSession.CHUNK_UNIT);
        return stored(refusing(insert::execute));
    }

    @Override
    public byte[] download(String name) throws IOException {
        return media(storage.objects().get(bucket, name));
    }

    @Override
    public byte[] downloadRange(String name, long first, long last) throws IOException {
        Storage.Objects.Get get = storage.objects().get(bucket, name);
        get.getMediaHttpDownloader().setDirectDownloadEnabled(true);
        get.getRequestHeaders().setRange("bytes=" + first + "-" + last);
        return media(get);
    }

    @Override
    public Optional<byte[]> downloadUnless(String name, long generation) throws IOException {
        return unlessNotModified(() -> media(storage.objects().get(bucket, name).setIfGenerationNotMatch(generation)));
    }

    @Override
    public byte[] downloadGeneration(String name, long generation) throws IOException {
        return media(storage.objects().get(bucket, name).setGeneration(generation));
    }

    @Override
    public Optional<Stored> find(String name) throws IOException {
        try {
            return Optional.of(
                    stored(refusing(() -> storage.objects().get(bucket, name).execute())));
        } catch (Refused e) {
            if (e.status == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public BucketClient.ListedPage list(String prefix, boolean folders, int pageSize, String pageToken)
            throws IOException {
        Objects page = refusing(() -> storage.objects()
                .list(bucket)
                .setPrefix(prefix)
                .setDelimiter(folders ? "/" : null)
                .setMaxResults((long) pageSize)
                .setPageToken(pageToken)
                .execute());
        List<String> names = new ArrayList<>();
        if (page.getPrefixes() != null) {
            names.addAll(page.getPrefixes());
        }
        page.getItems().forEach(item -> names.add(item.getName()));
        return new BucketClient.ListedPage(names, page.getNextPageToken());
    }

    @Override
    public boolean delete(String name, Long ifGenerationMatch) throws IOException {
        try {
            refusing(() -> storage.objects()
                    .delete(bucket, name)
                    .setIfGenerationMatch(ifGenerationMatch)
                    .execute());
            return true;
        } catch (Refused e) {
            if (e.status == 404) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Stored update(String name, String contentType, Map<String, String> metadata, Long ifMetagenerationMatch)
            throws IOException {
        StorageObject change = new StorageObject().setContentType(contentType).setMetadata(metadata);
        return stored(refusing(() -> storage.objects()
                .patch(bucket, name, change)
                .setIfMetagenerationMatch(ifMetagenerationMatch)
                .execute()));
    }

    @Override
    public boolean bucketExists(String other) throws IOException {
        try {
            refusing(() -> storage.buckets().get(other).execute());
            return true;
        } catch (Refused e) {
            if (e.status == 404) {
                return false;
            }
            throw e;
        }
    }

    private static byte[] media(Storage.Objects.Get get) throws IOException {
        return refusing(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            get.executeMediaAndDownloadTo(bytes);
            return bytes.toByteArray();
        });
    }

    private static Stored stored(StorageObject object) {
        return new Stored(
                object.getName(),
                object.getGeneration(),
                object.getMetageneration(),
                object.getSize().longValueExact(),
                object.getMd5Hash(),
                object.getCrc32c(),
                object.getContentType(),
                object.getCacheControl(),
                object.getMetadata() == null ? Map.of() : object.getMetadata());
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private static <T> T refusing(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (HttpResponseException e) {
            throw new Refused(e.getStatusCode(), e);
        }
    }

    private static Optional<byte[]> unlessNotModified(Call<byte[]> call) throws IOException {
        try {
            return Optional.of(call.run());
        } catch (Refused e) {
            if (e.status == 304) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
