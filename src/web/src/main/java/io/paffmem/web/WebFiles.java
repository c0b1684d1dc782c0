package io.paffmem.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files in the jar, as a browser wants them. A browser keeps them, and asks if they are the same.
 */
public final class WebFiles {
  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  // Every dot stands between two letters: nothing outside the folder can be named.
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.([a-z0-9]+)");

  private final RoutesConfig routes;
  private final Class<?> beside;
  private final Map<String, Optional<WebFile>> folder = new ConcurrentHashMap<>();

  private record WebFile(byte[] content, String contentType, String tag) {}

  /**
   * Gives out nothing yet.
   *
   * @param beside a class of the package that holds the files
   */
  public WebFiles(RoutesConfig routes, Class<?> beside) {
    this.routes = routes;
    this.beside = beside;
  }

  /**
   * Gives out one file.
   *
   * @param name beside the class
   * @throws IllegalStateException if it is not there
   */
  public WebFiles add(String path, String name) {
    WebFile file = read(beside.getResourceAsStream(name), name);
    routes.get(path, request -> give(request, file));
    return this;
  }

  /**
   * Gives out every file of the class's package and the folders in it, under their own names, and
   * nothing of kinds that browsers do not load.
   *
   * @param path ends with a slash
   */
  public WebFiles addFolder(String path) {
    routes.get(
        path + "<file>",
        request -> {
          Optional<WebFile> file = inFolder(request.pathParam("file"));
          if (file.isPresent()) {
            give(request, file.get());
          } else {
            request.status(HttpStatus.NOT_FOUND).result("there is nothing of that name");
          }
        });
    return this;
  }

  /**
   * Gives out one file of a WebJar, whatever its version.
   *
   * @param artifact group and name, such as {@code org.webjars.npm/uplot}
   * @param name inside the WebJar's folder
   * @throws IllegalStateException if it is not there
   */
  public WebFiles addWebJar(String path, String artifact, String name) {
    ClassLoader loader = beside.getClassLoader();
    Properties about = new Properties();
    String properties = "META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream in = loader.getResourceAsStream(properties)) {
      if (in == null) {
        throw new IllegalStateException("no WebJar " + artifact + " on the class path");
      }
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String resource =
        "META-INF/resources/webjars/%s/%s/%s"
            .formatted(
                artifact.substring(artifact.indexOf('/') + 1), about.getProperty("version"), name);
    WebFile file = read(loader.getResourceAsStream(resource), resource);
    routes.get(path, request -> give(request, file));
    return this;
  }

  /** What is not there is not remembered: those who ask choose the names. */
  private Optional<WebFile> inFolder(String name) {
    Optional<WebFile> known = folder.get(name);
    if (known != null) {
      return known;
    }
    if (contentType(name) == null) {
      return Optional.empty();
    }
    InputStream in = beside.getResourceAsStream(name);
    return in == null
        ? Optional.empty()
        : folder.computeIfAbsent(name, any -> Optional.of(read(in, name)));
  }

  private static void give(Context request, WebFile file) {
    request.header("Cache-Control", "no-cache").header("ETag", file.tag());
    if (file.tag().equals(request.header("If-None-Match"))) {
      request.status(HttpStatus.NOT_MODIFIED);
    } else {
      request.contentType(file.contentType()).result(file.content());
    }
  }

  private static @Nullable String contentType(String name) {
    var parts = NAME.matcher(name);
    return parts.matches() ? CONTENT_TYPES.get(parts.group(1)) : null;
  }

  private static WebFile read(@Nullable InputStream opened, String name) {
    String contentType = contentType(name.substring(name.lastIndexOf('/') + 1));
    if (opened == null || contentType == null) {
      throw new IllegalStateException("no file for browsers: " + name);
    }
    try (InputStream in = opened) {
      byte[] content = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return new WebFile(content, contentType, '"' + HexFormat.of().formatHex(digest, 0, 8) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
