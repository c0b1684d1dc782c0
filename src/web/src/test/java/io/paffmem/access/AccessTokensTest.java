package io.paffmem.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTokensTest {
  private static final String TOKEN = "0123456789abcdef";
  // printf %s 0123456789abcdef | sha256sum
  private static final String DIGEST =
      "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f";

  @TempDir Path folder;

  @Test
  void single_itsToken_mayDoEverything() {
    Grant grant = AccessTokens.single(TOKEN).grantOf(TOKEN).orElseThrow();

    assertThat(grant.mayPublish("ann", "call")).isTrue();
    assertThat(grant.mayRead("ann")).isTrue();
    assertThat(grant.mayForget("ann")).isTrue();
  }

  @Test
  void grantOf_anotherTokenOrNone_isNone() {
    AccessTokens tokens = AccessTokens.single(TOKEN);

    assertThat(tokens.grantOf(TOKEN + "0")).isEmpty();
    assertThat(tokens.grantOf(TOKEN.substring(1))).isEmpty();
    assertThat(tokens.grantOf("")).isEmpty();
    assertThat(tokens.grantOf(null)).isEmpty();
  }

  @Test
  void read_rights_areThoseNamedAndNoOthers() throws IOException {
    AccessTokens tokens =
        read(
            """
            {"tokens": [
              {"name": "calls", "sha256": "%s",
               "publish": {"people": ["caller-*", "ann"], "streams": ["call-*"]},
               "read": ["ann"]},
              {"name": "all", "token": "another token, long enough",
               "publish": {"people": ["*"], "streams": ["*"]}, "read": ["*"], "forget": ["*"]}
            ]}
            """
                .formatted(DIGEST));

    Grant calls = tokens.grantOf(TOKEN).orElseThrow();
    assertThat(calls.name()).isEqualTo("calls");
    assertThat(calls.mayPublish("caller-7", "call-1")).isTrue();
    assertThat(calls.mayPublish("ann", "call-1")).isTrue();
    assertThat(calls.mayPublish("ann", "video")).isFalse();
    assertThat(calls.mayPublish("anna", "call-1")).isFalse();
    assertThat(calls.mayPublish("a caller-7", "call-1")).isFalse();
    assertThat(calls.mayRead("ann")).isTrue();
    assertThat(calls.mayRead("caller-7")).isFalse();
    assertThat(calls.mayForget("ann")).isFalse();
    Grant all = tokens.grantOf("another token, long enough").orElseThrow();
    assertThat(all.mayForget("whoever")).isTrue();
  }

  @Test
  void read_everythingWrong_isSaidAtOnceAndNoTokenRepeated() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"tokens": [
                      {"token": "short", "publsih": {}},
                      {"name": "b", "sha256": "12"},
                      {"name": "b", "token": "long enough for one", "sha256": "12"},
                      {"name": "c", "token": "long enough for one",
                       "publish": {"people": ["*-x"], "stream": ["*"]}, "read": "all"}
                    ]}
                    """))
        .isInstanceOf(AccessException.class)
        .hasMessageContainingAll(
            "tokens[0] has an unknown field: publsih",
            "tokens[0] has no name",
            "tokens[0].token is shorter than 16",
            "tokens[1].sha256 must be 64 hex digits",
            "tokens[2] has the name of another token: b",
            "tokens[2] must have either token or sha256",
            "tokens[3].publish has an unknown field: stream",
            "tokens[3].publish.people has \"*-x\"",
            "tokens[3].read must be a list")
        .hasMessageNotContainingAny("long enough for one", "short\"");
  }

  @Test
  void read_noJsonOrNoFile_isSaidWithoutQuotingIt() {
    assertThatThrownBy(() -> read("{\"tokens\": [ secret-token-here"))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("no JSON")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> read("{}")).hasMessageContaining("list \"tokens\"");
    assertThatThrownBy(() -> AccessTokens.read(folder.resolve("none")))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("is not there");
  }

  @Test
  void single_tooShort_isRefused() {
    assertThatThrownBy(() -> AccessTokens.single("guess me"))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("at least 16")
        .hasMessageNotContaining("guess me");
  }

  @Test
  void read_plainTokenThatOthersMayRead_isRefusedAndADigestIsNot() throws IOException {
    Path file = folder.resolve("open.json");
    OwnerOnly.create(file, plain("\"token\": \"long enough for one\"").getBytes(UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> AccessTokens.read(file))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("others on this machine may read it")
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("long enough for one");

    Files.writeString(file, plain("\"sha256\": \"" + DIGEST + "\""));
    assertThat(AccessTokens.read(file).grantOf(TOKEN)).isPresent();
  }

  @Test
  void read_purposesAndExemption_areThoseNamed() throws IOException {
    AccessTokens tokens =
        read(
            """
            {"tokens": [
              {"name": "one", "token": "0123456789abcdef", "purposes": ["quality-*"],
               "exempt": true},
              {"name": "two", "token": "fedcba9876543210"}
            ]}
            """);

    Grant one = tokens.grantOf("0123456789abcdef").orElseThrow();
    assertThat(one.mayDeclare("quality-7")).isTrue();
    assertThat(one.mayDeclare("fun")).isFalse();
    assertThat(one.mayDeclare(null)).isFalse();
    assertThat(one.mayClaimExemption()).isTrue();
    Grant two = tokens.grantOf("fedcba9876543210").orElseThrow();
    assertThat(two.mayDeclare(null)).isTrue();
    assertThat(two.mayClaimExemption()).isFalse();
    assertThat(AccessTokens.single(TOKEN).grantOf(TOKEN).orElseThrow().mayClaimExemption())
        .isFalse();
    assertThatThrownBy(
            () ->
                read(
                    "{\"tokens\": [{\"name\": \"a\", \"token\": \"0123456789abcdef\","
                        + " \"exempt\": \"yes\"}]}"))
        .hasMessageContaining("tokens[0].exempt must be true or false");
  }

  @Test
  void refresh_fileChanged_newTokensAreGoodAndThoseOfBeforeRevoked() throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path file = folder.resolve("access.json");
    OwnerOnly.replace(file, two("\"ann\"").getBytes(UTF_8));
    AccessTokens tokens = AccessTokens.read(file, nanos::get);
    Grant stays = tokens.grantOf("the first token here").orElseThrow();
    Grant changes = tokens.grantOf("the second token here").orElseThrow();

    OwnerOnly.replace(file, two("\"ann\", \"bob\"").getBytes(UTF_8));
    nanos.addAndGet(999_999_999L);
    tokens.refresh();
    assertThat(changes.isRevoked()).as("looked at once a second").isFalse();
    nanos.addAndGet(1);
    tokens.refresh();

    assertThat(changes.isRevoked()).isTrue();
    assertThat(changes.mayRead("ann")).isFalse();
    assertThat(tokens.grantOf("the second token here").orElseThrow().mayRead("bob")).isTrue();
    assertThat(tokens.grantOf("the first token here")).containsSame(stays);

    OwnerOnly.replace(file, "{\"tokens\": [".getBytes(UTF_8));
    nanos.addAndGet(2_000_000_000L);
    tokens.refresh();
    assertThat(tokens.grantOf("the first token here"))
        .as("a file that is none")
        .containsSame(stays);
    assertThat(stays.isRevoked()).isFalse();
  }

  private static String two(String people) {
    return """
        {"tokens": [
          {"name": "one", "token": "the first token here", "read": ["*"]},
          {"name": "two", "token": "the second token here", "read": [%s]}]}
        """
        .formatted(people);
  }

  private static String plain(String secret) {
    return "{\"tokens\": [{\"name\": \"a\", %s, \"read\": [\"*\"]}]}".formatted(secret);
  }

  private AccessTokens read(String text) throws IOException {
    Path file = folder.resolve("access.json");
    OwnerOnly.replace(file, text.getBytes(UTF_8));
    return AccessTokens.read(file);
  }
}
