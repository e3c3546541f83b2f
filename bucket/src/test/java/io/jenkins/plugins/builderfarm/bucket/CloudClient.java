package io.jenkins.plugins.builderfarm.bucket;

import com.google.api.gax.paging.Page;
import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.ServiceOptions;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code google-cloud-storage}, the larger of the two official clients, over HTTP. */
final class CloudClient implements BucketClient {

    private final Storage storage;
    private final String bucket;

    CloudClient(URI endpoint, String bucket) {
        this.bucket = bucket;
        this.storage = StorageOptions.http()
                .setHost(endpoint.toString())
                .setProjectId("builder-farm-test")
                .setCredentials(NoCredentials.getInstance())
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                .build()
                .getService();
    }

    // The client has no other way to promise an MD5 that it did not calculate itself.
    @SuppressWarnings("deprecation")
    @Override
    public Stored upload(Upload upload) throws IOException {
        BlobInfo.Builder info = BlobInfo.newBuilder(BlobId.of(bucket, upload.name()))
                .setContentType(upload.contentType())
                .setCacheControl(upload.cacheControl());
        List<Storage.BlobWriteOption> options = new ArrayList<>();
        if (upload.ifGenerationMatch() != null) {
            options.add(
                    upload.ifGenerationMatch() == 0
                            ? Storage.BlobWriteOption.doesNotExist()
                            : Storage.BlobWriteOption.generationMatch(upload.ifGenerationMatch()));
        }
        if (upload.md5() != null) {
            info.setMd5(upload.md5());
            options.add(Storage.BlobWriteOption.md5Match());
        }
        if (upload.crc32c() != null) {
            info.setCrc32c(upload.crc32c());
            options.add(Storage.BlobWriteOption.crc32cMatch());
        }
        refusing(() -> upload.way() == Way.RESUMABLE || !options.isEmpty()
                ? write(info.build(), upload.bytes(), options)
                : storage.create(info.build(), upload.bytes()));
        return find(upload.name()).orElseThrow();
    }

    private Void write(BlobInfo info, byte[] bytes, List<Storage.BlobWriteOption> options) throws IOException {
        try (WriteChannel channel = storage.writer(info, options.toArray(Storage.BlobWriteOption[]::new))) {
            channel.setChunkSize(UploadSession.CHUNK_UNIT);
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
        return null;
    }

    @Override
    public byte[] download(String name) throws IOException {
        return refusing(() -> storage.readAllBytes(BlobId.of(bucket, name)));
    }

    @Override
    public byte[] downloadRange(String name, long first, long last) throws IOException {
        return refusing(() -> {
            try (ReadChannel channel = storage.reader(BlobId.of(bucket, name))) {
                channel.seek(first);
                channel.limit(last + 1);
                return Channels.newInputStream(channel).readAllBytes();
            }
        });
    }

    @Override
    public Optional<byte[]> downloadUnless(String name, long generation) throws IOException {
        try {
            return Optional.of(refusing(() -> storage.readAllBytes(
                    BlobId.of(bucket, name), Storage.BlobSourceOption.generationNotMatch(generation))));
        } catch (Refused e) {
            if (e.status == 304) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public byte[] downloadGeneration(String name, long generation) throws IOException {
        return refusing(() -> storage.readAllBytes(BlobId.of(bucket, name, generation)));
    }

    @Override
    public Optional<Stored> find(String name) throws IOException {
        return Optional.ofNullable(refusing(() -> storage.get(BlobId.of(bucket, name))))
                .map(CloudClient::stored);
    }

    @Override
    public BucketClient.ListedPage list(String prefix, boolean folders, int pageSize, String pageToken)
            throws IOException {
        List<Storage.BlobListOption> options = new ArrayList<>();
        options.add(Storage.BlobListOption.prefix(prefix));
        options.add(Storage.BlobListOption.pageSize(pageSize));
        if (folders) {
            options.add(Storage.BlobListOption.currentDirectory());
        }
        if (pageToken != null) {
            options.add(Storage.BlobListOption.pageToken(pageToken));
        }
        Page<Blob> page = refusing(() -> storage.list(bucket, options.toArray(Storage.BlobListOption[]::new)));
        List<String> names = new ArrayList<>();
        page.getValues().forEach(blob -> names.add(blob.getName()));
        String next = page.getNextPageToken();
        return new BucketClient.ListedPage(names, next == null || next.isEmpty() ? null : next);
    }

    @Override
    public boolean delete(String name, Long ifGenerationMatch) throws IOException {
        Storage.BlobSourceOption[] options = ifGenerationMatch == null
                ? new Storage.BlobSourceOption[0]
                : new Storage.BlobSourceOption[] {Storage.BlobSourceOption.generationMatch(ifGenerationMatch)};
        return refusing(() -> storage.delete(BlobId.of(bucket, name), options));
    }

    @Override
    public Stored update(String name, String contentType, Map<String, String> metadata, Long ifMetagenerationMatch)
            throws IOException {
        BlobInfo change = BlobInfo.newBuilder(BlobId.of(bucket, name))
                .setContentType(contentType)
                .setMetadata(metadata)
                .build();
        Storage.BlobTargetOption[] options = ifMetagenerationMatch == null
                ? new Storage.BlobTargetOption[0]
                : new Storage.BlobTargetOption[] {Storage.BlobTargetOption.metagenerationMatch(ifMetagenerationMatch)};
        return stored(refusing(() -> storage.update(change, options)));
    }

    @Override
    public boolean bucketExists(String other) throws IOException {
        return refusing(() -> storage.get(other)) != null;
    }

    @Override
    public void close() throws IOException {
        try {
            storage.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Stored stored(Blob blob) {
        return new Stored(
                blob.getName(),
                blob.getGeneration(),
                blob.getMetageneration(),
                blob.getSize(),
                blob.getMd5(),
                blob.getCrc32c(),
                blob.getContentType(),
                blob.getCacheControl(),
                blob.getMetadata() == null ? Map.of() : blob.getMetadata());
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private static <T> T refusing(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (StorageException e) {
            throw new Refused(e.getCode(), e);
        } catch (IOException e) {
            if (e.getCause() instanceof StorageException refusal) {
                throw new Refused(refusal.getCode(), e);
            }
            throw e;
        }
    }
}
