package io.flinkinference.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.client.KeyFile;
import io.flinkinference.connectors.client.Tls;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryOptionsTest {

  @Test
  void severalUrlsAreSeparatedByCommas() {
    assertThat(RegistryOptions.at("http://a:8081, https://b").urls())
        .extracting(Object::toString)
        .containsExactly("http://a:8081", "https://b");
  }

  @Test
  void credentialsAreNotForUrlsOfWhichSomeAreEncryptedAndSomeAreNot() {
    RegistryOptions both = RegistryOptions.at("https://a,http://b");
    assertThatThrownBy(() -> both.with(Credentials.bearer("t")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in the clear");
    assertThat(both.with(Credentials.NONE)).isEqualTo(both);
    RegistryOptions.at("http://a,http://b").with(Credentials.bearer("t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry:8081", "ftp://registry", "/registry", "http://", "http://a b"})
  void whatIsNoUrlOfARegistryIsRefused(String url) {
    assertThatThrownBy(() -> RegistryOptions.at(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begins with http:// or https:// and a host, not " + url);
  }

  @Test
  void aUserInTheUrlIsRefusedAndNotShown() {
    assertThatThrownBy(() -> RegistryOptions.at("http://ann:s3cret@registry"))
        .hasMessageContaining("Give credentials apart")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://ann:s3cret@my_registry:8081", "http://ann:s3cret^@registry"})
  void noUrlShowsItsPasswordHoweverWrongItIs(String url) {
    assertThatThrownBy(() -> RegistryOptions.at(url)).hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s3cret\n", "s3 cret", "s3cr\u00e9t"})
  void whatIsNoTokenIsRefusedAndNotShown(String token) {
    assertThatThrownBy(() -> Credentials.bearer(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3");
  }

  @Test
  void theyTravelWithAJob() throws Exception {
    RegistryOptions options =
        RegistryOptions.at("https://a")
            .with(Credentials.basic("ann", "s3cret"))
            .with(Tls.DEFAULT.trusting(KeyFile.store("trust.p12", "changeit")));
    assertThat(InstantiationUtil.clone(options)).isEqualTo(options);
    assertThat(options.toString()).doesNotContain("s3cret").doesNotContain("changeit");
  }
}
