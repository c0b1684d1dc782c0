package io.paffmem.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@link AccessTokens} from a file and collects all that is wrong with it. */
final class AccessFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> FIELDS =
      Set.of("name", "token", "sha256", "publish", "read", "forget", "teach", "purposes", "exempt");
  private static final Set<String> PUBLISH_FIELDS = Set.of("people", "streams");
  private static final int DIGEST_BYTES = 32;

  private final List<String> problems = new ArrayList<>();
  private final List<AccessTokens.Entry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private AccessFile() {}

  static List<AccessTokens.Entry> read(Path file) {
    AccessFile read = new AccessFile();
    JsonNode tokens = parse(file).path("tokens");
    if (!tokens.isArray() || tokens.isEmpty()) {
      read.problems.add("it must be an object with a list \"tokens\" that is not empty");
    }
    boolean isReadByOthers = isReadByOthers(file);
    for (int i = 0; i < tokens.size(); i++) {
      if (isReadByOthers && tokens.get(i).has("token")) {
        read.problems.add(
            "tokens[%d].token stands there itself and others on this machine may read it: give its sha256 instead, or chmod 600 the file"
                .formatted(i));
      }
      read.add("tokens[" + i + "]", tokens.get(i));
    }
    if (!read.problems.isEmpty()) {
      throw new AccessException(
          "the access file " + file + " cannot be used: " + String.join("; ", read.problems));
    }
    return read.entries;
  }

  private static boolean isReadByOthers(Path file) {
    try {
      return OwnerOnly.othersMay(file);
    } catch (IOException e) {
      throw new AccessException("the access file " + file + " cannot be read: " + e, e);
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      // The parser's own message would quote what stands there, which may be a token.
      var at = e.getLocation();
      throw new AccessException(
          "the access file "
              + file
              + " is no JSON, at line "
              + at.getLineNr()
              + ", column "
              + at.getColumnNr());
    } catch (NoSuchFileException e) {
      throw new AccessException("the access file " + file + " is not there", e);
    } catch (IOException e) {
      throw new AccessException("the access file " + file + " cannot be read: " + e, e);
    }
  }

  private void add(String where, JsonNode node) {
    refuseUnknown(where, node, FIELDS);
    String name = node.path("name").asText("");
    if (name.isBlank()) {
      problems.add(where + " has no name");
    } else if (!names.add(name)) {
      problems.add(where + " has the name of another token: " + name);
    }
    byte[] digest = digest(where, node);
    JsonNode publish = node.path("publish");
    refuseUnknown(where + ".publish", publish, PUBLISH_FIELDS);
    Grant grant =
        new Grant(
            name,
            patterns(where + ".publish.people", publish.path("people")),
            patterns(where + ".publish.streams", publish.path("streams")),
            patterns(where + ".read", node.path("read")),
            patterns(where + ".forget", node.path("forget")),
            patterns(where + ".teach", node.path("teach")),
            node.has("purposes") ? patterns(where + ".purposes", node.path("purposes")) : null,
            node.path("exempt").asBoolean(false));
    if (node.has("exempt") && !node.path("exempt").isBoolean()) {
      problems.add(where + ".exempt must be true or false");
    }
    if (digest != null) {
      entries.add(new AccessTokens.Entry(digest, grant));
    }
  }

  private byte @Nullable [] digest(String where, JsonNode node) {
    if (node.has("token") == node.has("sha256")) {
      problems.add(where + " must have either token or sha256");
      return null;
    }
    if (node.has("token")) {
      String token = node.path("token").asText("");
      if (token.length() < AccessTokens.LEAST_TOKEN_LENGTH) {
        problems.add(
            "%s.token is shorter than %d characters"
                .formatted(where, AccessTokens.LEAST_TOKEN_LENGTH));
        return null;
      }
      return AccessTokens.sha256(token);
    }
    try {
      byte[] digest = HexFormat.of().parseHex(node.path("sha256").asText(""));
      if (digest.length == DIGEST_BYTES) {
        return digest;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    problems.add(where + ".sha256 must be 64 hex digits");
    return null;
  }

  private List<NamePattern> patterns(String where, JsonNode node) {
    List<NamePattern> patterns = new ArrayList<>();
    if (!node.isMissingNode() && !node.isArray()) {
      problems.add(where + " must be a list of names");
    }
    for (JsonNode element : node) {
      NamePattern pattern = new NamePattern(element.asText(""));
      if (!element.isTextual() || !pattern.isValid()) {
        problems.add(
            "%s has %s; a name may end with *, which stands for anything"
                .formatted(where, element));
      }
      patterns.add(pattern);
    }
    return patterns;
  }

  /** A right that is misspelt would silently not be given, or not be limited. */
  private void refuseUnknown(String where, JsonNode node, Collection<String> known) {
    if (!node.isMissingNode() && !node.isObject()) {
      problems.add(where + " must be an object");
    }
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                problems.add(where + " has an unknown field: " + field);
              }
            });
  }
}
