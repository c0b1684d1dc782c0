package io.paffmem.query;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The memories of a cluster, by any instance of its topology. */
public final class RemoteMemories implements Memories {
  private final MemoryAddress address = new MemoryAddress();
  private final URI instance;

  private RemoteMemories(URI instance) {
    this.instance = instance;
  }

  /**
   * Asks there; nothing is sent yet.
   *
   * @param instance {@code http://HOST:PORT} or {@code https://HOST:PORT} of its {@code
   *     --memories-port}
   * @throws IllegalArgumentException if it is no such address
   */
  public static RemoteMemories at(String instance) {
    URI address;
    try {
      address = new URI(instance);
    } catch (URISyntaxException e) {
      throw noAddress(instance);
    }
    String scheme = address.getScheme();
    if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw noAddress(instance);
    }
    return new RemoteMemories(address);
  }

  private static IllegalArgumentException noAddress(String instance) {
    return new IllegalArgumentException(
        instance + " is no address of a topology's memories port: give http://HOST:PORT");
  }

  @Override
  public MemoryAnswer<PersonMemory> memory(String person, @Nullable String authorization) {
    HttpResponse<byte[]> response;
    try {
      response = address.get(instance, person, "Authorization", authorization);
    } catch (IOException e) {
      return unreachable("no topology answers at " + instance + " (" + e + ")");
    }
    return switch (response.statusCode()) {
      case 200 -> found(response.body());
      case 404 -> isOfPerson(response) ? MemoryAnswer.unknown() : unreachable(404);
      case 401, 403 -> MemoryAnswer.refused();
      case 503 -> MemoryAnswer.restoring("the person's task is being restored, or moves");
      default -> unreachable(response.statusCode());
    };
  }

  private MemoryAnswer<PersonMemory> found(byte[] body) {
    try {
      return new MemoryAnswer.Found<>(PersonMemory.fromJson(body));
    } catch (IOException e) {
      return unreachable("what answers at " + instance + " tells no memory");
    }
  }

  /** Any web server says 404 of an address that it does not know. */
  private static boolean isOfPerson(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8).contains(MemoryRoutes.UNKNOWN);
  }

  private MemoryAnswer<PersonMemory> unreachable(int status) {
    return unreachable(
        "what answers at %s is no topology's memories port: it says %d"
            .formatted(instance, status));
  }

  private static MemoryAnswer<PersonMemory> unreachable(String why) {
    return new MemoryAnswer.Missing<>(MemoryAnswer.Reason.TOPOLOGY_UNAVAILABLE, why);
  }
}
