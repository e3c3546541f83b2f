package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderTest {
    @ParameterizedTest
    @CsvSource({
        "gs://farm, farm, buildlet.json",
        "gs://farm/, farm, buildlet.json",
        "gs://farm/prod, farm, prod/buildlet.json",
        "gs://farm/a/b_c.d-e/, farm, a/b_c.d-e/buildlet.json",
        "gs://my.bucket_1-x/p, my.bucket_1-x, p/buildlet.json",
    })
    void shouldTakeABucketAndAFolder(String text, String bucket, String object) {
        Folder folder = Folder.parse(text);
        assertThat(folder.bucket()).isEqualTo(bucket);
        assertThat(folder.object("buildlet.json")).isEqualTo(object);
        assertThat(folder.show("buildlet.json")).isEqualTo("gs://" + bucket + "/" + object);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "farm",
                "gs://",
                "gs://ab",
                "gs://Farm",
                "gs://farm//a",
                "gs://farm/../a",
                "gs://farm/./a",
                "gs://farm/a b",
                "gs://farm/a?b",
                "s3://farm",
                "https://storage.googleapis.com/farm",
                "gs://farm/a#1",
                "gs://-farm"
            })
    void shouldRefuseAnythingElse(String text) {
        assertThatThrownBy(() -> Folder.parse(text))
                .hasMessage("'" + text + "' is not of the form gs://BUCKET or gs://BUCKET/PREFIX");
    }
}
